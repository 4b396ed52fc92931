//! excelstream: rows go into the deflate stream as they come, at the level that its own `new` takes.
use excelstream::fast_writer::ZeroTempWorkbook;
use excelstream::types::{CellStyle, CellValue, StyledCell};
use quire_bench_peers::*;
use std::path::Path;

/// Its documentation's default.
const LEVEL: u32 = 6;

fn main() -> Outcome {
    compete(write)
}

fn write(rows: u64, file: &Path) -> Outcome {
    let path = file.to_str().ok_or("a path in UTF-8")?;
    let mut workbook = ZeroTempWorkbook::new(path, LEVEL)?;
    workbook.add_worksheet("Sheet1")?;
    workbook.write_row(HEADER)?;
    let (products, note) = (products(), note());
    let plain = |value| StyledCell { value, style: CellStyle::Default };
    for i in 0..rows {
        let it = figures(i);
        workbook.write_row_styled(&[
            plain(CellValue::Int(it.id as i64)),
            plain(CellValue::String(format!("Customer {}", it.id))),
            plain(CellValue::String(REGIONS[(i % 8) as usize].into())),
            plain(CellValue::String(products[(i % 20) as usize].clone())),
            StyledCell { value: CellValue::DateTime(it.day as f64), style: CellStyle::DateDefault },
            plain(CellValue::Bool(it.paid)),
            plain(CellValue::Int(it.quantity as i64)),
            StyledCell { value: CellValue::Float(it.price), style: CellStyle::NumberDecimal },
            plain(CellValue::Float(it.ratio)),
            plain(CellValue::String(format!("{note}{i} – ok"))),
        ])?;
    }
    workbook.close()?;
    Ok(())
}
