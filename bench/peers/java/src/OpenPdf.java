import com.lowagie.text.Document;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.time.LocalDate;

/** OpenPDF's table, laid out and wrapped by the library, its rows handed over as its documentation advises for long tables. */
final class OpenPdf {
  private static final String[] NAMES = {
    "Müller", "Łukasiewicz", "Özdemir", "Иванова", "Παπαδόπουλος", "Nguyễn", "García", "O’Brien", "Søndergaard", "Smith"
  };
  private static final String[] CITIES = {
    "São Paulo", "Zürich", "Київ", "Αθήνα", "Kraków", "London", "Reykjavík", "New York"
  };
  private static final String[] HEADER = {"Id", "Customer", "City", "Date", "Quantity", "Amount"};
  private static final float[] WIDTHS = {53, 145, 100, 80, 70, 63};
  private static final String FONT =
      "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf";
  private static final int ROWS_PER_FLUSH = 500;

  public static void main(String[] arguments) throws Exception {
    Bench.compete(arguments, OpenPdf::write);
  }

  private static void write(int rows, String file) throws Exception {
    Document document = new Document(PageSize.A4, 42, 42, 45, 45);
    PdfWriter.getInstance(document, new BufferedOutputStream(new FileOutputStream(file), 1 << 16));
    Font font = new Font(BaseFont.createFont(FONT, BaseFont.IDENTITY_H, BaseFont.EMBEDDED), 9);
    document.open();
    PdfPTable table = new PdfPTable(WIDTHS);
    table.setWidthPercentage(100);
    table.setHeaderRows(1);
    table.setComplete(false);
    table.getDefaultCell().setBorder(0);
    for (String label : HEADER) {
      table.addCell(new Phrase(label, font));
    }
    String[] dates = dates();
    for (int i = 0; i < rows; i++) {
      row(table, font, i, dates);
      if (i % ROWS_PER_FLUSH == ROWS_PER_FLUSH - 1) {
        document.add(table);
      }
    }
    table.setComplete(true);
    document.add(table);
    document.close();
  }

  private static void row(PdfPTable table, Font font, int i, String[] dates) {
    long n = i;
    long cents = n * 104_729 % 1_000_000;
    String[] cells = {
      Integer.toString(i + 1),
      NAMES[i % 10] + " " + (i + 1),
      CITIES[i % 8],
      dates[(int) (n * 7 % 2000)],
      Long.toString(n * 7919 % 1000),
      cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100
    };
    for (String cell : cells) {
      table.addCell(new Phrase(cell, font));
    }
  }

  private static String[] dates() {
    String[] dates = new String[2000];
    for (int day = 0; day < dates.length; day++) {
      dates[day] = LocalDate.of(2020, 1, 1).plusDays(day).toString();
    }
    return dates;
  }
}
