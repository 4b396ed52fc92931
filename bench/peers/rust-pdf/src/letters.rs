//! Text for krilla, its glyphs kept.
use crate::FONT;
use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::collections::HashMap;
use std::error::Error;
use ttf_parser::Face;

/// `draw_text` parses the font and shapes for each piece of text; this table needs no shaping, so glyphs are kept.
pub struct Letters {
    pub size: f32,
    font: Font,
    data: Vec<u8>,
    known: HashMap<char, (GlyphId, f32)>,
    glyphs: Vec<KrillaGlyph>,
}

impl Letters {
    pub fn open(size: f32) -> Result<Self, Box<dyn Error>> {
        let data = std::fs::read(FONT)?;
        let font = Font::new(data.clone().into(), 0).ok_or("a font")?;
        Ok(Self { size, font, data, known: HashMap::new(), glyphs: Vec::new() })
    }

    fn set(&mut self, text: &str) {
        self.glyphs.clear();
        for (at, character) in text.char_indices() {
            let data = &self.data;
            let (glyph_id, x_advance) = *self.known.entry(character).or_insert_with(|| {
                let face = Face::parse(data, 0).expect("a font");
                let glyph = face.glyph_index(character).unwrap_or_default();
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

/// Draws text whose baseline starts `at` points from the upper left corner.
pub fn text(surface: &mut Surface, font: &mut Letters, at: (f32, f32), text: &str) {
    font.set(text);
    surface.draw_glyphs(Point::from_xy(at.0, at.1), &font.glyphs, font.font.clone(), text, font.size, false);
}
