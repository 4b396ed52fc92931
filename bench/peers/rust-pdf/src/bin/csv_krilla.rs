//! Gzipped CSV to a document by csv and krilla, its ten columns at given places across the page: `PROGRAM INPUT FILE`.
use krilla::geom::PathBuilder;
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::Document;
use quire_bench_pdf_peers::letters::{text, Letters};
use quire_bench_pdf_peers::{report_usage, Outcome, PAGE};
use std::fs::File;

const COLUMNS: [f32; 10] = [30.0, 75.0, 170.0, 240.0, 330.0, 385.0, 420.0, 465.0, 520.0, 620.0];
const RIGHT: f32 = 812.0;
const FIRST_BASELINE: f32 = 50.0;
const ROW_HEIGHT: f32 = 12.0;
const ROWS_PER_PAGE: usize = 42;
const FOOTER: f32 = 570.0;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().collect();
    let bytes = flate2::read::MultiGzDecoder::new(File::open(&arguments[1])?);
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(bytes);
    let mut font = Letters::open(7.0)?;
    let header = reader.headers()?.clone();
    let mut document = Document::new();
    let mut record = csv::StringRecord::new();
    let mut more = reader.read_record(&mut record)?;
    let mut number = 0;
    while more {
        number += 1;
        let mut page = document.start_page_with(PageSettings::from_wh(PAGE.1, PAGE.0).ok_or("a size")?);
        let mut surface = page.surface();
        line(&mut surface, &mut font, &header, FIRST_BASELINE - ROW_HEIGHT);
        rule(&mut surface);
        for row in 0..ROWS_PER_PAGE {
            line(&mut surface, &mut font, &record, FIRST_BASELINE + row as f32 * ROW_HEIGHT);
            more = reader.read_record(&mut record)?;
            if !more {
                break;
            }
        }
        // How many pages there are is not known yet.
        text(&mut surface, &mut font, (COLUMNS[9], FOOTER), &format!("Page {number}"));
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().map_err(|error| format!("{error:?}"))?;
    std::fs::write(&arguments[2], pdf)?;
    report_usage(&[]);
    Ok(())
}

fn line(surface: &mut Surface, font: &mut Letters, cells: &csv::StringRecord, y: f32) {
    for (x, cell) in COLUMNS.iter().zip(cells) {
        text(surface, font, (*x, y), cell);
    }
}

fn rule(surface: &mut Surface) {
    let mut path = PathBuilder::new();
    path.move_to(COLUMNS[0], FIRST_BASELINE - 8.0);
    path.line_to(RIGHT, FIRST_BASELINE - 8.0);
    surface.set_stroke(Some(Stroke::default()));
    surface.draw_path(&path.finish().expect("a path"));
    surface.set_stroke(None);
}
