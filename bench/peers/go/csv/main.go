// Turns gzipped CSV into a workbook by encoding/csv and excelize, or into a document by go-pdf/fpdf, with the types of the
// columns known: `go-csv xlsx|pdf INPUT FILE`.
package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/xuri/excelize/v2"
	"quire-bench-peers/usage"
)

func main() {
	source, err := os.Open(os.Args[2])
	usage.Must(err)
	unpacked, err := gzip.NewReader(source)
	usage.Must(err)
	reader := csv.NewReader(unpacked)
	reader.ReuseRecord = true
	if os.Args[1] == "xlsx" {
		workbook(reader, os.Args[3])
	} else {
		document(reader, os.Args[3])
	}
	usage.Report(nil)
}

func workbook(reader *csv.Reader, path string) {
	file := excelize.NewFile()
	dateFormat, moneyFormat := "yyyy-mm-dd", "#,##0.00"
	date, err := file.NewStyle(&excelize.Style{CustomNumFmt: &dateFormat})
	usage.Must(err)
	money, err := file.NewStyle(&excelize.Style{CustomNumFmt: &moneyFormat})
	usage.Must(err)
	stream, err := file.NewStreamWriter("Sheet1")
	usage.Must(err)
	cells := make([]any, 10)
	for row := 1; ; row++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		usage.Must(err)
		for column, text := range record {
			cells[column] = text
			if row > 1 {
				cells[column] = value(column, text, date, money)
			}
		}
		usage.Must(stream.SetRow("A"+strconv.Itoa(row), cells))
	}
	usage.Must(stream.Flush())
	usage.Must(file.SaveAs(path))
}

func value(column int, text string, date, money int) any {
	switch column {
	case 0, 6:
		whole, err := strconv.Atoi(text)
		usage.Must(err)
		return whole
	case 4:
		day, err := time.Parse(time.DateOnly, text)
		usage.Must(err)
		return excelize.Cell{StyleID: date, Value: day}
	case 5:
		return text == "true"
	case 7, 8:
		number, err := strconv.ParseFloat(text, 64)
		usage.Must(err)
		if column == 7 {
			return excelize.Cell{StyleID: money, Value: number}
		}
		return number
	default:
		return text
	}
}

// The page, across, in points from its upper left corner.
var columns = []float64{30, 75, 170, 240, 330, 385, 420, 465, 520, 620}

const (
	font          = "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"
	right         = 812.0
	firstBaseline = 50.0
	rowHeight     = 12.0
	rowsPerPage   = 42
	footer        = 570.0
)

func document(reader *csv.Reader, path string) {
	data, err := os.ReadFile(font)
	usage.Must(err)
	pdf := fpdf.New("L", "pt", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes("Noto", "", data)
	pdf.AliasNbPages("")
	record, err := reader.Read()
	usage.Must(err)
	header := append([]string{}, record...)
	for row := 0; ; row++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		usage.Must(err)
		if row%rowsPerPage == 0 {
			startPage(pdf, header)
		}
		line(pdf, record, firstBaseline+float64(row%rowsPerPage)*rowHeight)
	}
	usage.Must(pdf.OutputFileAndClose(path))
}

func startPage(pdf *fpdf.Fpdf, header []string) {
	pdf.AddPage()
	pdf.SetFont("Noto", "", 7)
	line(pdf, header, firstBaseline-rowHeight)
	pdf.Line(columns[0], firstBaseline-8, right, firstBaseline-8)
	pdf.Text(columns[9], footer, "Page "+strconv.Itoa(pdf.PageNo())+" of {nb}")
}

func line(pdf *fpdf.Fpdf, cells []string, y float64) {
	for i, text := range cells {
		pdf.Text(columns[i], y, text)
	}
}
