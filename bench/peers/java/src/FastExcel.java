import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** dhatim's fastexcel, its rows flushed as its documentation advises for long sheets. */
final class FastExcel {
  private static final String[] REGIONS = {
    "North", "South", "São Paulo", "Île-de-France", "東京", "Bayern", "Київ", "West & Co <1>"
  };
  private static final String[] HEADER = {
    "Id", "Customer", "Region", "Product", "Date", "Paid", "Quantity", "Price", "Ratio", "Note"
  };
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final int ROWS_PER_FLUSH = 1000;

  public static void main(String[] arguments) throws Exception {
    Bench.compete(arguments, FastExcel::write);
  }

  private static void write(int rows, String file) throws Exception {
    String note = System.getenv().getOrDefault("BENCH_NOTE", "Naïve note № ");
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file), 1 << 16);
        Workbook workbook = new Workbook(out, "bench", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Bench");
      for (int column = 0; column < HEADER.length; column++) {
        sheet.value(0, column, HEADER[column]);
      }
      for (int i = 0; i < rows; i++) {
        row(sheet, i, note);
        if (i % ROWS_PER_FLUSH == ROWS_PER_FLUSH - 1) {
          sheet.flush();
        }
      }
    }
  }

  private static void row(Worksheet sheet, int i, String note) {
    int row = i + 1;
    long n = i;
    sheet.value(row, 0, i + 1);
    sheet.inlineString(row, 1, "Customer " + (i + 1));
    sheet.inlineString(row, 2, REGIONS[i % 8]);
    sheet.inlineString(row, 3, "Product family " + i % 20);
    sheet.value(row, 4, FIRST_DAY.plusDays(n * 7 % 2000));
    sheet.style(row, 4).format("yyyy-mm-dd").set();
    sheet.value(row, 5, i % 3 == 0);
    sheet.value(row, 6, n * 7919 % 1000);
    sheet.value(row, 7, n * 104_729 % 1_000_000 / 100.0);
    sheet.style(row, 7).format("#,##0.00").set();
    sheet.value(row, 8, i / 7.0);
    sheet.inlineString(row, 9, note + i + " – ok");
  }
}
