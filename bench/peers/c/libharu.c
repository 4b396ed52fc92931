/* Writes the PDF bench's table with libharu: libharu ROWS FILE. Needs Debian's libhpdf-dev. */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static const char *NAMES[] = {"Müller", "Łukasiewicz", "Özdemir", "Иванова", "Παπαδόπουλος",
                              "Nguyễn", "García",      "O’Brien", "Søndergaard", "Smith"};
static const char *CITIES[] = {"São Paulo", "Zürich", "Київ",      "Αθήνα",
                               "Kraków",    "London", "Reykjavík", "New York"};
static const char *HEADER[] = {"Id", "Customer", "City", "Date", "Quantity", "Amount"};
static const float COLUMNS[] = {42, 95, 240, 340, 420, 490};
static const char *FONT = "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf";
enum { ROWS_PER_PAGE = 48, DAYS = 2000 };
static const float HEIGHT = 841.89f, FIRST_BASELINE = 60, ROW_HEIGHT = 15, FOOTER = 810, RIGHT = 553;

static char dates[DAYS][16];

static void fail(HPDF_STATUS error, HPDF_STATUS detail, void *data) {
  (void)data;
  fprintf(stderr, "libharu: error %lx, detail %lu\n", error, detail);
  exit(1);
}

static void make_dates(void) {
  for (int day = 0; day < DAYS; day++) {
    time_t at = 1577836800 + (time_t)day * 86400; /* from 2020-01-01 on */
    strftime(dates[day], sizeof dates[day], "%Y-%m-%d", gmtime(&at));
  }
}

static void draw_row(HPDF_Page page, long i) {
  char text[64];
  float y = HEIGHT - FIRST_BASELINE - (float)(i % ROWS_PER_PAGE) * ROW_HEIGHT;
  snprintf(text, sizeof text, "%ld", i + 1);
  HPDF_Page_TextOut(page, COLUMNS[0], y, text);
  snprintf(text, sizeof text, "%s %ld", NAMES[i % 10], i + 1);
  HPDF_Page_TextOut(page, COLUMNS[1], y, text);
  HPDF_Page_TextOut(page, COLUMNS[2], y, CITIES[i % 8]);
  HPDF_Page_TextOut(page, COLUMNS[3], y, dates[i * 7 % DAYS]);
  snprintf(text, sizeof text, "%ld", i * 7919 % 1000);
  HPDF_Page_TextOut(page, COLUMNS[4], y, text);
  snprintf(text, sizeof text, "%.2f", (double)(i * 104729 % 1000000) / 100.0);
  HPDF_Page_TextOut(page, COLUMNS[5], y, text);
}

static void draw_page(HPDF_Page page, HPDF_Font font, long number, long rows) {
  char text[64];
  long pages = (rows + ROWS_PER_PAGE - 1) / ROWS_PER_PAGE;
  float rule = HEIGHT - FIRST_BASELINE + 10;
  HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
  HPDF_Page_MoveTo(page, COLUMNS[0], rule);
  HPDF_Page_LineTo(page, RIGHT, rule);
  HPDF_Page_Stroke(page);
  HPDF_Page_BeginText(page);
  HPDF_Page_SetFontAndSize(page, font, 9);
  for (int column = 0; column < 6; column++)
    HPDF_Page_TextOut(page, COLUMNS[column], HEIGHT - FIRST_BASELINE + ROW_HEIGHT, HEADER[column]);
  for (long i = number * ROWS_PER_PAGE; i < rows && i < (number + 1) * ROWS_PER_PAGE; i++) draw_row(page, i);
  snprintf(text, sizeof text, "Page %ld of %ld", number + 1, pages);
  HPDF_Page_TextOut(page, COLUMNS[5], HEIGHT - FOOTER, text);
  HPDF_Page_EndText(page);
}

/* Of this program alone: ru_maxrss counts the process that started it too. */
static double peak_mib(void) {
  char line[256];
  long peak = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status != NULL && fgets(line, sizeof line, status) != NULL)
    if (sscanf(line, "VmHWM: %ld", &peak) == 1) break;
  if (status != NULL) fclose(status);
  return (double)peak / 1024;
}

static void report_usage(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
               (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  printf("{\"cpuSeconds\":%f,\"peakRssMiB\":%f}\n", cpu, peak_mib());
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  long rows = atol(arguments[1]);
  make_dates();
  HPDF_Doc document = HPDF_New(fail, NULL);
  HPDF_UseUTFEncodings(document);
  HPDF_SetCurrentEncoder(document, "UTF-8");
  HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
  HPDF_Font font = HPDF_GetFont(document, HPDF_LoadTTFontFromFile(document, FONT, HPDF_TRUE), "UTF-8");
  for (long number = 0; number * ROWS_PER_PAGE < rows; number++)
    draw_page(HPDF_AddPage(document), font, number, rows);
  HPDF_SaveToFile(document, arguments[2]);
  HPDF_Free(document);
  report_usage();
  return 0;
}
