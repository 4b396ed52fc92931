//! krilla, each character's glyph looked up once.
use krilla::geom::PathBuilder;
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::Document;
use quire_bench_pdf_peers::letters::{text, Letters};
use quire_bench_pdf_peers::*;
use std::path::Path;

fn main() -> Outcome {
    compete(write)
}

fn write(rows: usize, file: &Path) -> Outcome {
    let mut font = Letters::open(FONT_SIZE)?;
    let dates = dates();
    let pages = pages_for(rows);
    let header = HEADER.map(String::from);
    let mut cells: [String; 6] = Default::default();
    let mut document = Document::new();
    for number in 0..pages {
        let mut page = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1).ok_or("a size")?);
        let mut surface = page.surface();
        line(&mut surface, &mut font, &header, FIRST_BASELINE - ROW_HEIGHT);
        rule(&mut surface);
        let first = number * ROWS_PER_PAGE;
        for i in first..rows.min(first + ROWS_PER_PAGE) {
            fill(&mut cells, i, &dates);
            line(&mut surface, &mut font, &cells, FIRST_BASELINE + (i - first) as f32 * ROW_HEIGHT);
        }
        text(&mut surface, &mut font, (COLUMNS[5], FOOTER), &format!("Page {} of {pages}", number + 1));
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().map_err(|error| format!("{error:?}"))?;
    std::fs::write(file, pdf)?;
    Ok(())
}

fn line(surface: &mut Surface, font: &mut Letters, cells: &[String; 6], y: f32) {
    for (x, cell) in COLUMNS.iter().zip(cells) {
        text(surface, font, (*x, y), cell);
    }
}

fn rule(surface: &mut Surface) {
    let mut path = PathBuilder::new();
    path.move_to(COLUMNS[0], FIRST_BASELINE - 10.0);
    path.line_to(RIGHT, FIRST_BASELINE - 10.0);
    surface.set_stroke(Some(Stroke::default()));
    surface.draw_path(&path.finish().expect("a path"));
    surface.set_stroke(None);
}
