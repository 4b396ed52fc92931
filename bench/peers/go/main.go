// Writes the bench's table with excelize: `go-peer ROWS FILE`. Reads any workbook: `go-peer read FILE`.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/xuri/excelize/v2"
)

var regions = []string{"North", "South", "São Paulo", "Île-de-France", "東京", "Bayern", "Київ", "West & Co <1>"}
var header = []any{"Id", "Customer", "Region", "Product", "Date", "Paid", "Quantity", "Price", "Ratio", "Note"}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	if os.Args[1] == "read" {
		read(os.Args[2])
		return
	}
	rows, err := strconv.Atoi(os.Args[1])
	must(err)
	file := excelize.NewFile()
	dateFormat, moneyFormat := "yyyy-mm-dd", "#,##0.00"
	date, err := file.NewStyle(&excelize.Style{CustomNumFmt: &dateFormat})
	must(err)
	money, err := file.NewStyle(&excelize.Style{CustomNumFmt: &moneyFormat})
	must(err)
	stream, err := file.NewStreamWriter("Sheet1")
	must(err)
	must(stream.SetRow("A1", header))
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < rows; i++ {
		cells := []any{
			i + 1,
			"Customer " + strconv.Itoa(i+1),
			regions[i%8],
			"Product family " + strconv.Itoa(i%20),
			excelize.Cell{StyleID: date, Value: start.AddDate(0, 0, (i*7)%2000)},
			i%3 == 0,
			(i * 7919) % 1000,
			excelize.Cell{StyleID: money, Value: float64((i*104729)%1000000) / 100},
			float64(i) / 7,
			"Naïve note № " + strconv.Itoa(i) + " – ok",
		}
		must(stream.SetRow("A"+strconv.Itoa(i+2), cells))
	}
	must(stream.Flush())
	must(file.SaveAs(os.Args[2]))
	reportUsage()
}

// Prints how many rows each sheet has.
func read(path string) {
	file, err := excelize.OpenFile(path)
	must(err)
	counts := map[string]int{}
	for _, name := range file.GetSheetList() {
		rows, err := file.GetRows(name)
		must(err)
		counts[name] = len(rows)
	}
	must(json.NewEncoder(os.Stdout).Encode(counts))
}

// Prints what the process used, as the harness reads it.
func reportUsage() {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	cpu := time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
	fmt.Printf("{\"cpuSeconds\":%f,\"peakRssMiB\":%f}\n", cpu, float64(usage.Maxrss)/1024)
}
