//! Gzipped CSV to a workbook by csv and rust_xlsxwriter, with the types of the columns known: `PROGRAM INPUT FILE`.
use quire_bench_peers::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn main() -> Outcome {
    let (mut reader, file) = open_csv()?;
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let money = Format::new().set_num_format("#,##0.00");
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (column, label) in reader.headers()?.iter().enumerate() {
        sheet.write_string(0, column as u16, label)?;
    }
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record)? {
        row += 1;
        for (column, text) in record.iter().enumerate() {
            let at = column as u16;
            match column {
                0 | 6 | 8 => sheet.write_number(row, at, text.parse::<f64>()?)?,
                4 => sheet.write_datetime_with_format(row, at, &ExcelDateTime::parse_from_str(text)?, &date)?,
                5 => sheet.write_boolean(row, at, text == "true")?,
                7 => sheet.write_number_with_format(row, at, text.parse::<f64>()?, &money)?,
                _ => sheet.write_string(row, at, text)?,
            };
        }
    }
    workbook.save(file)?;
    report_usage(&[]);
    Ok(())
}
