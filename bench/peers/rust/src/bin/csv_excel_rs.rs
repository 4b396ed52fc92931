//! Gzipped CSV to a workbook by csv and excel-rs, with the types of the columns known: `PROGRAM INPUT FILE`.
use excel_rs::{sheet::CellType, WorkBook};
use quire_bench_peers::*;
use std::fs::File;
use std::io::Write;

fn main() -> Outcome {
    use CellType::{Boolean, Date, Number, String as Text};
    let types = [Number, Text, Text, Text, Date, Boolean, Number, Number, Number, Text];
    let (mut reader, file) = open_csv()?;
    let mut workbook = WorkBook::new(File::create(file)?);
    let mut sheet = workbook.new_worksheet("Sheet1".into())?;
    sheet.write_row(reader.byte_headers()?.iter(), None)?;
    let mut record = csv::ByteRecord::new();
    let mut day = Vec::new();
    while reader.read_byte_record(&mut record)? {
        day.clear();
        write!(day, "{}", excel_day(&record[4]).ok_or("a date")?)?;
        let paid: &[u8] = if &record[5] == b"true" { b"1" } else { b"0" };
        let cells = record.iter().enumerate().map(|(column, cell)| match column {
            4 => day.as_slice(),
            5 => paid,
            _ => cell,
        });
        sheet.write_row(cells, Some(&types))?;
    }
    sheet.close()?;
    workbook.finish()?;
    report_usage(&[]);
    Ok(())
}

/// Of an ISO date, as Excel counts days.
fn excel_day(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    // Years start in March, so that a leap day is the last of its year.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day;
    Some(days - 693_900)
}
