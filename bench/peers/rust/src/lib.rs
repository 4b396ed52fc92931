//! What the contestants of this crate share: the bench's table, and the way a contestant is run and tells what it used.
use std::env;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

pub const REGIONS: [&str; 8] = ["North", "South", "São Paulo", "Île-de-France", "東京", "Bayern", "Київ", "West & Co <1>"];
pub const HEADER: [&str; 10] = ["Id", "Customer", "Region", "Product", "Date", "Paid", "Quantity", "Price", "Ratio", "Note"];
/// 2020-01-01 as Excel counts days.
pub const FIRST_DAY: u64 = 43_831;

pub type Outcome = Result<(), Box<dyn Error>>;

/// The values of one row that are not text.
pub struct Figures {
    pub id: u64,
    /// As Excel counts days.
    pub day: u64,
    pub paid: bool,
    pub quantity: u64,
    pub price: f64,
    pub ratio: f64,
}

pub fn figures(i: u64) -> Figures {
    Figures {
        id: i + 1,
        day: FIRST_DAY + (i * 7) % 2000,
        paid: i % 3 == 0,
        quantity: (i * 7919) % 1000,
        price: ((i * 104_729) % 1_000_000) as f64 / 100.0,
        ratio: i as f64 / 7.0,
    }
}

pub fn products() -> Vec<String> {
    (0..20).map(|n| format!("Product family {n}")).collect()
}

/// How the last column starts: the harness asks for other text where it tries what a writer makes of it.
pub fn note() -> String {
    env::var("BENCH_NOTE").unwrap_or_else(|_| "Naïve note № ".into())
}

/// `PROGRAM ROWS FILE` writes the file once; `PROGRAM ROWS FILE RUNS` again and again in this process, each run timed.
pub fn compete(write: impl Fn(u64, &Path) -> Outcome) -> Outcome {
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

/// The gzipped CSV that is the first argument, read as it comes, and the second argument.
#[cfg(feature = "csv")]
pub fn open_csv() -> Result<(csv::Reader<flate2::read::MultiGzDecoder<std::fs::File>>, String), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let bytes = flate2::read::MultiGzDecoder::new(std::fs::File::open(&arguments[1])?);
    let reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(bytes);
    Ok((reader, arguments[2].clone()))
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
