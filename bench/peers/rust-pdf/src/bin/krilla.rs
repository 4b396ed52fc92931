//! krilla, its glyphs looked up once for each character.
use krilla::geom::{PathBuilder, Point};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::Document;
use quire_bench_pdf_peers::*;
use std::collections::HashMap;
use std::path::Path;
use ttf_parser::Face;

fn main() -> Outcome {
    compete(write)
}

fn write(rows: usize, file: &Path) -> Outcome {
    let mut font = Letters::open()?;
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
        text(&mut surface, &mut font, COLUMNS[5], FOOTER, &format!("Page {} of {pages}", number + 1));
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().map_err(|error| format!("{error:?}"))?;
    std::fs::write(file, pdf)?;
    Ok(())
}

fn line(surface: &mut Surface, font: &mut Letters, cells: &[String; 6], y: f32) {
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
    fn open() -> Result<Self, Box<dyn std::error::Error>> {
        let data = std::fs::read(FONT)?;
        let font = Font::new(data.clone().into(), 0).ok_or("a font")?;
        Ok(Self { font, data, known: HashMap::new(), glyphs: Vec::new() })
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
    surface.draw_glyphs(Point::from_xy(x, y), &font.glyphs, font.font.clone(), text, FONT_SIZE, false);
}

fn rule(surface: &mut Surface) {
    let mut path = PathBuilder::new();
    path.move_to(COLUMNS[0], FIRST_BASELINE - 10.0);
    path.line_to(RIGHT, FIRST_BASELINE - 10.0);
    surface.set_stroke(Some(Stroke::default()));
    surface.draw_path(&path.finish().expect("a path"));
    surface.set_stroke(None);
}
