// Writes the PDF bench's table with go-pdf/fpdf: `go-pdf-peer ROWS FILE [RUNS]`.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"quire-bench-peers/usage"
)

var names = []string{"Müller", "Łukasiewicz", "Özdemir", "Иванова", "Παπαδόπουλος", "Nguyễn", "García", "O’Brien", "Søndergaard", "Smith"}
var cities = []string{"São Paulo", "Zürich", "Київ", "Αθήνα", "Kraków", "London", "Reykjavík", "New York"}
var header = []string{"Id", "Customer", "City", "Date", "Quantity", "Amount"}
var columns = []float64{42, 95, 240, 340, 420, 490}

const (
	font          = "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"
	right         = 553.0
	firstBaseline = 60.0
	rowHeight     = 15.0
	rowsPerPage   = 48
	footer        = 810.0
)

func main() {
	usage.Compete(write)
}

func write(rows int, path string) {
	data, err := os.ReadFile(font)
	usage.Must(err)
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes("Noto", "", data)
	pages := max(1, (rows+rowsPerPage-1)/rowsPerPage)
	line := func(cells []string, y float64) {
		for i, text := range cells {
			pdf.Text(columns[i], y, text)
		}
	}
	cells := make([]string, 6)
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for page := range pages {
		pdf.AddPage()
		pdf.SetFont("Noto", "", 9)
		line(header, firstBaseline-rowHeight)
		pdf.Line(columns[0], firstBaseline-10, right, firstBaseline-10)
		for n := range min(rowsPerPage, rows-page*rowsPerPage) {
			i := page*rowsPerPage + n
			id := strconv.Itoa(i + 1)
			cells[0] = id
			cells[1] = names[i%10] + " " + id
			cells[2] = cities[i%8]
			cells[3] = start.AddDate(0, 0, (i*7)%2000).Format(time.DateOnly)
			cells[4] = strconv.Itoa((i * 7919) % 1000)
			cells[5] = strconv.FormatFloat(float64((i*104729)%1000000)/100, 'f', 2, 64)
			line(cells, firstBaseline+float64(n)*rowHeight)
		}
		pdf.Text(columns[5], footer, fmt.Sprintf("Page %d of %d", page+1, pages))
	}
	usage.Must(pdf.OutputFileAndClose(path))
}
