//! Writes the PDF bench's table with krilla: `quire-bench-pdf-peers ROWS FILE`.
use krilla::geom::{PathBuilder, Point};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::Document;
use std::collections::HashMap;
use ttf_parser::Face;

const NAMES: [&str; 10] = [
    "Müller", "Łukasiewicz", "Özdemir", "Иванова", "Παπαδόπουλος", "Nguyễn", "García", "O’Brien", "Søndergaard", "Smith",
];
const CITIES: [&str; 8] = ["São Paulo", "Zürich", "Київ", "Αθήνα", "Kraków", "London", "Reykjavík", "New York"];
const HEADER: [&str; 6] = ["Id", "Customer", "City", "Date", "Quantity", "Amount"];
const COLUMNS: [f32; 6] = [42.0, 95.0, 240.0, 340.0, 420.0, 490.0];
const FONT: &str = "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf";
const RIGHT: f32 = 553.0;
const FIRST_BASELINE: f32 = 60.0;
const ROW_HEIGHT: f32 = 15.0;
const FOOTER: f32 = 810.0;
const ROWS_PER_PAGE: usize = 48;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let rows: usize = arguments[1].parse().expect("a number of rows");
    let mut font = Letters::open();
    let dates = dates();
    let pages = rows.div_ceil(ROWS_PER_PAGE).max(1);
    let mut document = Document::new();
    for number in 0..pages {
        let mut page = document.start_page_with(PageSettings::from_wh(595.28, 841.89).expect("a size"));
        let mut surface = page.surface();
        let header: Vec<String> = HEADER.iter().map(|label| label.to_string()).collect();
        line(&mut surface, &mut font, &header, FIRST_BASELINE - ROW_HEIGHT);
        rule(&mut surface);
        let first = number * ROWS_PER_PAGE;
        for i in first..rows.min(first + ROWS_PER_PAGE) {
            let cells = [
                (i + 1).to_string(),
                format!("{} {}", NAMES[i % 10], i + 1),
                CITIES[i % 8].to_string(),
                dates[i * 7 % 2000].clone(),
                (i * 7919 % 1000).to_string(),
                format!("{:.2}", (i * 104_729 % 1_000_000) as f64 / 100.0),
            ];
            line(&mut surface, &mut font, &cells, FIRST_BASELINE + (i - first) as f32 * ROW_HEIGHT);
        }
        text(&mut surface, &mut font, COLUMNS[5], FOOTER, &format!("Page {} of {pages}", number + 1));
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().expect("a document");
    std::fs::write(&arguments[2], pdf).expect("a file");
    report_usage();
}

fn line(surface: &mut Surface, font: &mut Letters, cells: &[String], y: f32) {
    for (x, cell) in COLUMNS.iter().zip(cells) {
        text(surface, font, *x, y, cell);
    }
}

/// `draw_text` parses the font and shapes for each piece of text; this table needs no shaping, so glyphs are kept.
struct Letters {
    font: Font,
    data: Vec<u8>,
    known: HashMap<char, (GlyphId, f32)>,
    glyphs: Vec<KrillaGlyph>,
}

impl Letters {
    fn open() -> Self {
        let data = std::fs::read(FONT).expect("the font");
        let font = Font::new(data.clone().into(), 0).expect("a font");
        Self { font, data, known: HashMap::new(), glyphs: Vec::new() }
    }

    fn set(&mut self, text: &str) {
        self.glyphs.clear();
        for (at, character) in text.char_indices() {
            let data = &self.data;
            let (glyph_id, x_advance) = *self.known.entry(character).or_insert_with(|| {
                let face = Face::parse(data, 0).expect("a font");
                let glyph = face.glyph_index(character).expect("a glyph");
                let advance = face.glyph_hor_advance(glyph).unwrap_or(0) as f32 / face.units_per_em() as f32;
                (GlyphId::new(glyph.0 as u32), advance)
            });
            self.glyphs.push(KrillaGlyph {
                glyph_id,
                text_range: at..at + character.len_utf8(),
                x_advance,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            });
        }
    }
}

fn text(surface: &mut Surface, font: &mut Letters, x: f32, y: f32, text: &str) {
    font.set(text);
    surface.draw_glyphs(Point::from_xy(x, y), &font.glyphs, font.font.clone(), text, 9.0, false);
}

fn rule(surface: &mut Surface) {
    let mut path = PathBuilder::new();
    path.move_to(COLUMNS[0], FIRST_BASELINE - 10.0);
    path.line_to(RIGHT, FIRST_BASELINE - 10.0);
    surface.set_stroke(Some(Stroke::default()));
    surface.draw_path(&path.finish().expect("a path"));
    surface.set_stroke(None);
}

/// 2,000 days from 2020-01-01 on, as ISO dates.
fn dates() -> Vec<String> {
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

/// Prints what the process used, as the harness reads it.
fn report_usage() {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    println!("{{\"cpuSeconds\":{cpu},\"peakRssMiB\":{}}}", usage.ru_maxrss as f64 / 1024.0);
}
