//! mr_pdf, by its streaming table. It embeds the whole font and says of no glyph which character it is.
use mr_pdf::{Pdf, SizeExt, TableBorderStyle, TableBuilder};
use quire_bench_pdf_peers::*;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

const WIDTHS: [f64; 6] = [53.0, 145.0, 100.0, 80.0, 70.0, 63.0];

fn main() -> Outcome {
    compete(write)
}

fn write(rows: usize, file: &Path) -> Outcome {
    let dates = dates();
    let mut cells: [String; 6] = Default::default();
    let mut pdf = Pdf::stream(BufWriter::with_capacity(1 << 16, File::create(file)?))?;
    pdf.register_font("Noto", FONT)?;
    let mut builder = TableBuilder::new();
    builder
        .widths(WIDTHS.map(|width| width.pt()))
        .repeat_header(true)
        .border(TableBorderStyle::HeaderOnly)
        .header(HEADER.to_vec());
    let mut table = builder.start(&mut pdf)?;
    for i in 0..rows {
        fill(&mut cells, i, &dates);
        table.row(|row| {
            for cell in &cells {
                row.cell(cell);
            }
        })?;
    }
    drop(table);
    pdf.finish()?;
    Ok(())
}
