//! rust_xlsxwriter, by its writer of constant memory.
use quire_bench_peers::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::path::Path;

fn main() -> Outcome {
    compete(write)
}

fn write(rows: u64, file: &Path) -> Outcome {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let money = Format::new().set_num_format("#,##0.00");
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (column, label) in HEADER.iter().enumerate() {
        sheet.write_string(0, column as u16, *label)?;
    }
    let dates = (0..2000)
        .map(|day| ExcelDateTime::from_serial_datetime((FIRST_DAY + day) as f64))
        .collect::<Result<Vec<_>, _>>()?;
    let (products, note) = (products(), note());
    for i in 0..rows {
        let row = (i + 1) as u32;
        let it = figures(i);
        sheet.write_number(row, 0, it.id as f64)?;
        sheet.write_string(row, 1, format!("Customer {}", it.id))?;
        sheet.write_string(row, 2, REGIONS[(i % 8) as usize])?;
        sheet.write_string(row, 3, &products[(i % 20) as usize])?;
        sheet.write_datetime_with_format(row, 4, &dates[(it.day - FIRST_DAY) as usize], &date)?;
        sheet.write_boolean(row, 5, it.paid)?;
        sheet.write_number(row, 6, it.quantity as f64)?;
        sheet.write_number_with_format(row, 7, it.price, &money)?;
        sheet.write_number(row, 8, it.ratio)?;
        sheet.write_string(row, 9, format!("{note}{i} – ok"))?;
    }
    workbook.save(file)?;
    Ok(())
}
