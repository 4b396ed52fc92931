//! sheetkit's StreamWriter: rows go to a temporary file, which is zipped at the end. A row has one style for all its cells,
//! so dates and prices have no format of their own.
use quire_bench_peers::*;
use sheetkit::{CellValue, Workbook};
use std::path::Path;

fn main() -> Outcome {
    compete(write)
}

fn write(rows: u64, file: &Path) -> Outcome {
    let mut workbook = Workbook::new();
    let mut sheet = workbook.new_stream_writer("Bench")?;
    let header: Vec<CellValue> = HEADER.iter().map(|label| CellValue::from(*label)).collect();
    sheet.write_row(1, &header)?;
    let (products, note) = (products(), note());
    for i in 0..rows {
        let it = figures(i);
        let cells = [
            CellValue::Number(it.id as f64),
            CellValue::String(format!("Customer {}", it.id)),
            CellValue::from(REGIONS[(i % 8) as usize]),
            CellValue::from(products[(i % 20) as usize].as_str()),
            CellValue::Date(it.day as f64),
            CellValue::Bool(it.paid),
            CellValue::Number(it.quantity as f64),
            CellValue::Number(it.price),
            CellValue::Number(it.ratio),
            CellValue::String(format!("{note}{i} – ok")),
        ];
        sheet.write_row((i + 2) as u32, &cells)?;
    }
    workbook.apply_stream_writer(sheet)?;
    workbook.save(file)?;
    Ok(())
}
