//! excel-rs: values are bytes, types are hints for each column. It has one style for dates and no other number format.
use excel_rs::{sheet::CellType, WorkBook};
use quire_bench_peers::*;
use std::fs::File;
use std::io::Write;
use std::path::Path;

fn main() -> Outcome {
    compete(write)
}

fn write(rows: u64, file: &Path) -> Outcome {
    use CellType::{Boolean, Date, Number, String as Text};
    let types = [Number, Text, Text, Text, Date, Boolean, Number, Number, Number, Text];
    let mut workbook = WorkBook::new(File::create(file)?);
    let mut sheet = workbook.new_worksheet("Sheet1".into())?;
    sheet.write_row(HEADER.iter().map(|label| label.as_bytes()), None)?;
    let (products, note) = (products(), note());
    let mut cells: [Vec<u8>; 10] = Default::default();
    for i in 0..rows {
        let it = figures(i);
        cells.iter_mut().for_each(Vec::clear);
        write!(cells[0], "{}", it.id)?;
        write!(cells[1], "Customer {}", it.id)?;
        cells[2].extend_from_slice(REGIONS[(i % 8) as usize].as_bytes());
        cells[3].extend_from_slice(products[(i % 20) as usize].as_bytes());
        write!(cells[4], "{}", it.day)?;
        cells[5].push(if it.paid { b'1' } else { b'0' });
        write!(cells[6], "{}", it.quantity)?;
        write!(cells[7], "{}", it.price)?;
        write!(cells[8], "{}", it.ratio)?;
        write!(cells[9], "{note}{i} – ok")?;
        sheet.write_row(cells.iter().map(Vec::as_slice), Some(&types))?;
    }
    sheet.close()?;
    workbook.finish()?;
    Ok(())
}
