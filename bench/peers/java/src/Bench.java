import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a contestant as the harness asks for it, and prints what it used as the harness reads it. */
final class Bench {
  interface Writer {
    void write(int rows, String file) throws Exception;
  }

  /** {@code ROWS FILE} writes the file once; {@code ROWS FILE RUNS} again and again in this process, each run timed. */
  static void compete(String[] arguments, Writer writer) throws Exception {
    int rows = Integer.parseInt(arguments[0]);
    int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    if (runs == 0) {
      writer.write(rows, arguments[1]);
    }
    double[] milliseconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      long started = System.nanoTime();
      writer.write(rows, arguments[1]);
      milliseconds[i] = (System.nanoTime() - started) / 1e6;
    }
    report(milliseconds);
  }

  private static void report(double[] milliseconds) throws Exception {
    OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/self/status")));
    if (!peak.find()) {
      throw new IllegalStateException("/proc tells no peak of memory");
    }
    System.out.printf(
        Locale.ROOT,
        "{\"cpuSeconds\":%f,\"peakRssMiB\":%f,\"milliseconds\":%s}%n",
        system.getProcessCpuTime() / 1e9,
        Long.parseLong(peak.group(1)) / 1024.0,
        Arrays.toString(milliseconds));
  }
}
