// Writes the bench's table with excelize: `go-peer ROWS FILE [RUNS]`. Reads any workbook: `go-peer read FILE`.
package main

import (
	"encoding/json"
	"os"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
	"quire-bench-peers/usage"
)

var regions = []string{"North", "South", "São Paulo", "Île-de-France", "東京", "Bayern", "Київ", "West & Co <1>"}
var header = []any{"Id", "Customer", "Region", "Product", "Date", "Paid", "Quantity", "Price", "Ratio", "Note"}

func main() {
	if os.Args[1] == "read" {
		read(os.Args[2])
		return
	}
	usage.Compete(write)
}

func write(rows int, path string) {
	file := excelize.NewFile()
	dateFormat, moneyFormat := "yyyy-mm-dd", "#,##0.00"
	date, err := file.NewStyle(&excelize.Style{CustomNumFmt: &dateFormat})
	usage.Must(err)
	money, err := file.NewStyle(&excelize.Style{CustomNumFmt: &moneyFormat})
	usage.Must(err)
	stream, err := file.NewStreamWriter("Sheet1")
	usage.Must(err)
	usage.Must(stream.SetRow("A1", header))
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	note := note()
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
			note + strconv.Itoa(i) + " – ok",
		}
		usage.Must(stream.SetRow("A"+strconv.Itoa(i+2), cells))
	}
	usage.Must(stream.Flush())
	usage.Must(file.SaveAs(path))
	usage.Must(file.Close())
}

// How the last column starts: the harness asks for other text where it tries what a writer makes of it.
func note() string {
	if note, asked := os.LookupEnv("BENCH_NOTE"); asked {
		return note
	}
	return "Naïve note № "
}

// Prints how many rows each sheet has.
func read(path string) {
	file, err := excelize.OpenFile(path)
	usage.Must(err)
	counts := map[string]int{}
	for _, name := range file.GetSheetList() {
		rows, err := file.GetRows(name)
		usage.Must(err)
		counts[name] = len(rows)
	}
	usage.Must(json.NewEncoder(os.Stdout).Encode(counts))
}
