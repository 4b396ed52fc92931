//! pdf-writer by hand, which lays nothing out and knows this table alone: no product, but what is to be had at best.
use flate2::write::ZlibEncoder;
use flate2::Compression;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use quire_bench_pdf_peers::*;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use subsetter::GlyphRemapper;
use ttf_parser::Face;

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const FONT_DICTIONARY: Ref = Ref::new(3);
const CID_FONT: Ref = Ref::new(4);
const DESCRIPTOR: Ref = Ref::new(5);
const FONT_FILE: Ref = Ref::new(6);
const UNICODE: Ref = Ref::new(7);
const FONT_NAME: Name = Name(b"AAAAAA+NotoSans");
const SYSTEM: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

fn main() -> Outcome {
    compete(write)
}

fn write(rows: usize, file: &Path) -> Outcome {
    let data = std::fs::read(FONT)?;
    let mut letters = Letters::of(Face::parse(&data, 0)?);
    let pages = pages_for(rows);
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(TREE);
    pdf.pages(TREE).kids((0..pages).map(|page| page_refs(page).0)).count(pages as i32);
    let dates = dates();
    let mut content = String::with_capacity(1 << 16);
    for number in 0..pages {
        content.clear();
        draw_page(&mut content, &mut letters, number, rows, &dates);
        add_page(&mut pdf, number, content.as_bytes());
    }
    embed(&mut pdf, &data, &letters)?;
    std::fs::write(file, pdf.finish())?;
    Ok(())
}

fn draw_page(content: &mut String, letters: &mut Letters, number: usize, rows: usize, dates: &[String]) {
    let rule = PAGE.1 - FIRST_BASELINE + 10.0;
    write!(content, "{} {rule} m {RIGHT} {rule} l S BT/F {FONT_SIZE} Tf\n", COLUMNS[0]).expect("text grows");
    for (x, label) in COLUMNS.iter().zip(HEADER) {
        letters.draw(content, *x, FIRST_BASELINE - ROW_HEIGHT, label);
    }
    let mut cells: [String; 6] = Default::default();
    let first = number * ROWS_PER_PAGE;
    for i in first..rows.min(first + ROWS_PER_PAGE) {
        fill(&mut cells, i, dates);
        for (x, cell) in COLUMNS.iter().zip(&cells) {
            letters.draw(content, *x, FIRST_BASELINE + (i - first) as f32 * ROW_HEIGHT, cell);
        }
    }
    letters.draw(content, COLUMNS[5], FOOTER, &format!("Page {} of {}", number + 1, pages_for(rows)));
    content.push_str("ET");
}

fn add_page(pdf: &mut Pdf, number: usize, content: &[u8]) {
    let (page, stream) = page_refs(number);
    let mut writer = pdf.page(page);
    writer.parent(TREE).media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).contents(stream);
    writer.resources().fonts().pair(Name(b"F"), FONT_DICTIONARY);
    writer.finish();
    pdf.stream(stream, &deflated(content)).filter(Filter::FlateDecode);
}

/// Of a page and what is drawn on it.
fn page_refs(number: usize) -> (Ref, Ref) {
    (Ref::new(10 + 2 * number as i32), Ref::new(11 + 2 * number as i32))
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// The glyphs in use, numbered anew as the subset has them.
struct Letters<'a> {
    face: Face<'a>,
    known: HashMap<char, u16>,
    subset: GlyphRemapper,
    used: Vec<Letter>,
}

struct Letter {
    character: char,
    glyph: u16,
    width: f32,
}

impl<'a> Letters<'a> {
    fn of(face: Face<'a>) -> Self {
        Self { face, known: HashMap::new(), subset: GlyphRemapper::new(), used: Vec::new() }
    }

    fn draw(&mut self, content: &mut String, x: f32, y: f32, text: &str) {
        write!(content, "1 0 0 1 {x} {} Tm<", PAGE.1 - y).expect("text grows");
        for character in text.chars() {
            let glyph = self.glyph(character);
            write!(content, "{glyph:04x}").expect("text grows");
        }
        content.push_str(">Tj\n");
    }

    fn glyph(&mut self, character: char) -> u16 {
        if let Some(glyph) = self.known.get(&character) {
            return *glyph;
        }
        let old = self.face.glyph_index(character).expect("a glyph");
        let glyph = self.subset.remap(old.0);
        let advance = self.face.glyph_hor_advance(old).unwrap_or(0) as f32;
        let width = advance * 1000.0 / self.face.units_per_em() as f32;
        self.known.insert(character, glyph);
        self.used.push(Letter { character, glyph, width });
        glyph
    }
}

fn embed(pdf: &mut Pdf, data: &[u8], letters: &Letters) -> Outcome {
    let subset = subsetter::subset(data, 0, &letters.subset).map_err(|error| format!("{error:?}"))?;
    pdf.stream(FONT_FILE, &deflated(&subset)).filter(Filter::FlateDecode);
    pdf.type0_font(FONT_DICTIONARY)
        .base_font(FONT_NAME)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(CID_FONT)
        .to_unicode(UNICODE);
    let mut font = pdf.cid_font(CID_FONT);
    font.subtype(CidFontType::Type2).base_font(FONT_NAME).font_descriptor(DESCRIPTOR).system_info(SYSTEM);
    font.cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = font.widths();
    for letter in &letters.used {
        widths.consecutive(letter.glyph, [letter.width]);
    }
    widths.finish();
    font.finish();
    let mut unicode = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
    for letter in &letters.used {
        unicode.pair(letter.glyph, letter.character);
    }
    let unicode = unicode.finish();
    pdf.cmap(UNICODE, unicode.as_ref());
    pdf.font_descriptor(DESCRIPTOR)
        .name(FONT_NAME)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(-600.0, -300.0, 3000.0, 1100.0))
        .italic_angle(0.0)
        .ascent(1069.0)
        .descent(-293.0)
        .cap_height(714.0)
        .stem_v(80.0)
        .font_file2(FONT_FILE);
    Ok(())
}
