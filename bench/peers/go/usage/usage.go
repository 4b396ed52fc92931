// Package usage runs a contestant as the harness asks for it, and prints what it used as the harness reads it.
package usage

import (
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// Must ends the program: a contestant that fails has nothing to say.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}

// Compete writes ROWS rows to FILE as the arguments have it, and with a third argument as often as that says, each
// run timed.
func Compete(write func(rows int, path string)) {
	rows, err := strconv.Atoi(os.Args[1])
	Must(err)
	if len(os.Args) < 4 {
		write(rows, os.Args[2])
		Report(nil)
		return
	}
	runs, err := strconv.Atoi(os.Args[3])
	Must(err)
	milliseconds := make([]float64, runs)
	for i := range milliseconds {
		started := time.Now()
		write(rows, os.Args[2])
		milliseconds[i] = float64(time.Since(started).Nanoseconds()) / 1e6
	}
	Report(milliseconds)
}

// Report prints what the process used.
func Report(milliseconds []float64) {
	var used syscall.Rusage
	Must(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	Must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"cpuSeconds":   time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds(),
		"peakRssMiB":   peakKiB(float64(used.Maxrss)) / 1024,
		"milliseconds": milliseconds,
	}))
}

// Of this program alone, where Linux tells: `ru_maxrss` counts the process that started it too.
func peakKiB(otherwise float64) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return otherwise
	}
	match := regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(status)
	if match == nil {
		return otherwise
	}
	peak, err := strconv.ParseFloat(string(match[1]), 64)
	Must(err)
	return peak
}
