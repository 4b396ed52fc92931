"""What a contestant prints at its end."""

import json
import re
import resource


def report_usage():
    """Prints what the process used, as the harness reads it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak = peak_kib() or usage.ru_maxrss
    print(json.dumps({"cpuSeconds": usage.ru_utime + usage.ru_stime, "peakRssMiB": peak / 1024}))


def peak_kib():
    """Of this program alone, where Linux tells: `ru_maxrss` counts the process that started it too."""
    try:
        with open("/proc/self/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))
    except OSError:
        return None
