//! Writes the bench's table with rust_xlsxwriter: `quire-bench-peers ROWS FILE`.
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

const REGIONS: [&str; 8] = ["North", "South", "São Paulo", "Île-de-France", "東京", "Bayern", "Київ", "West & Co <1>"];
const HEADER: [&str; 10] = ["Id", "Customer", "Region", "Product", "Date", "Paid", "Quantity", "Price", "Ratio", "Note"];

fn main() -> Result<(), XlsxError> {
    let arguments: Vec<String> = std::env::args().collect();
    let rows: u64 = arguments[1].parse().expect("a number of rows");
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let money = Format::new().set_num_format("#,##0.00");
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (column, label) in HEADER.iter().enumerate() {
        sheet.write_string(0, column as u16, *label)?;
    }
    let start = 43_831u64; // 2020-01-01
    let dates: Vec<ExcelDateTime> =
        (0..2000).map(|day| ExcelDateTime::from_serial_datetime((start + day) as f64)).collect::<Result<_, _>>()?;
    let products: Vec<String> = (0..20).map(|n| format!("Product family {n}")).collect();
    for i in 0..rows {
        let row = (i + 1) as u32;
        sheet.write_number(row, 0, (i + 1) as f64)?;
        sheet.write_string(row, 1, format!("Customer {}", i + 1))?;
        sheet.write_string(row, 2, REGIONS[(i % 8) as usize])?;
        sheet.write_string(row, 3, &products[(i % 20) as usize])?;
        sheet.write_datetime_with_format(row, 4, &dates[((i * 7) % 2000) as usize], &date)?;
        sheet.write_boolean(row, 5, i % 3 == 0)?;
        sheet.write_number(row, 6, ((i * 7919) % 1000) as f64)?;
        sheet.write_number_with_format(row, 7, ((i * 104_729) % 1_000_000) as f64 / 100.0, &money)?;
        sheet.write_number(row, 8, i as f64 / 7.0)?;
        sheet.write_string(row, 9, format!("Naïve note № {i} – ok"))?;
    }
    workbook.save(&arguments[2])?;
    report_usage();
    Ok(())
}

/// Prints what the process used, as the harness reads it.
fn report_usage() {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    println!("{{\"cpuSeconds\":{cpu},\"peakRssMiB\":{}}}", usage.ru_maxrss as f64 / 1024.0);
}
