//! What the contestants of this crate share: the PDF bench's table, its page, and the way a contestant is run and tells what
//! it used.
#[cfg(feature = "krilla")]
pub mod letters;

use std::env;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

pub const NAMES: [&str; 10] = [
    "Müller", "Łukasiewicz", "Özdemir", "Иванова", "Παπαδόπουλος", "Nguyễn", "García", "O’Brien", "Søndergaard", "Smith",
];
pub const CITIES: [&str; 8] = ["São Paulo", "Zürich", "Київ", "Αθήνα", "Kraków", "London", "Reykjavík", "New York"];
pub const HEADER: [&str; 6] = ["Id", "Customer", "City", "Date", "Quantity", "Amount"];
pub const FONT: &str = "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf";

/// The page in points from its upper left corner: where columns start, and rows stand.
pub const PAGE: (f32, f32) = (595.28, 841.89);
pub const COLUMNS: [f32; 6] = [42.0, 95.0, 240.0, 340.0, 420.0, 490.0];
pub const RIGHT: f32 = 553.0;
pub const FIRST_BASELINE: f32 = 60.0;
pub const ROW_HEIGHT: f32 = 15.0;
pub const FOOTER: f32 = 810.0;
pub const ROWS_PER_PAGE: usize = 48;
pub const FONT_SIZE: f32 = 9.0;

pub type Outcome = Result<(), Box<dyn Error>>;

/// The cells of a row as text, into buffers that are used again.
pub fn fill(cells: &mut [String; 6], i: usize, dates: &[String]) {
    use std::fmt::Write;
    cells.iter_mut().for_each(String::clear);
    let [id, customer, city, date, quantity, amount] = cells;
    write!(id, "{}", i + 1).expect("text grows");
    write!(customer, "{} {}", NAMES[i % 10], i + 1).expect("text grows");
    city.push_str(CITIES[i % 8]);
    date.push_str(&dates[i * 7 % 2000]);
    write!(quantity, "{}", i * 7919 % 1000).expect("text grows");
    write!(amount, "{:.2}", (i * 104_729 % 1_000_000) as f64 / 100.0).expect("text grows");
}

/// Number of pages where every row has the same height.
pub fn pages_for(rows: usize) -> usize {
    rows.div_ceil(ROWS_PER_PAGE).max(1)
}

/// 2,000 days from 2020-01-01 on, as ISO dates.
pub fn dates() -> Vec<String> {
    let (mut year, mut month, mut day) = (2020, 1, 1);
    (0..2000)
        .map(|_| {
            let date = format!("{year}-{month:02}-{day:02}");
            let length = match month {
                2 if year % 4 == 0 => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
            date
        })
        .collect()
}

/// `PROGRAM ROWS FILE` writes the file once; `PROGRAM ROWS FILE RUNS` again and again in this process, each run timed.
pub fn compete(write: impl Fn(usize, &Path) -> Outcome) -> Outcome {
    let arguments: Vec<String> = env::args().collect();
    let rows = arguments[1].parse()?;
    let file = Path::new(&arguments[2]);
    let runs: usize = arguments.get(3).map_or(Ok(0), |text| text.parse())?;
    if runs == 0 {
        write(rows, file)?;
    }
    let mut milliseconds = Vec::with_capacity(runs);
    for _ in 0..runs {
        let started = Instant::now();
        write(rows, file)?;
        milliseconds.push(started.elapsed().as_secs_f64() * 1e3);
    }
    report_usage(&milliseconds);
    Ok(())
}

/// Prints what the process used, as the harness reads it.
pub fn report_usage(milliseconds: &[f64]) {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    let peak = peak_kib().unwrap_or(usage.ru_maxrss as f64) / 1024.0;
    println!("{{\"cpuSeconds\":{cpu},\"peakRssMiB\":{peak},\"milliseconds\":{milliseconds:?}}}");
}

/// Of this program alone, where Linux tells: `ru_maxrss` counts the process that started it too.
fn peak_kib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}
