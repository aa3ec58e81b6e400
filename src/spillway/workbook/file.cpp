// The workbook as a whole: where its bytes go, its formats, names and printed pages.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "spillway/workbook/codes.h"
#include "spillway/workbook/sheet.h"

namespace spillway::workbook {

namespace {

constexpr lxw_color_t kInk = 0x1F3A5F, kHeadFill = 0xDCE6F1, kGroupFill = 0xB8CCE4, kCheckFill = 0xF2F2F2, kGrey = 0x595959,
                      kBlue = 0x0563C1, kRule = 0x7F7F7F;
constexpr std::size_t kLongestPageLine = 200;
constexpr time_t kCreated = 946684800;  // 2000-01-01: the same bytes on any day

// A text for a page's head or foot, where & starts a code.
std::string page_text(const std::string& text) {
  std::string safe;
  for (char c : clean_text(text)) {
    if (safe.size() > kLongestPageLine && (static_cast<unsigned char>(c) & 0xC0) != 0x80) break;
    safe += c == '&' ? "&&" : std::string(1, c == '\n' ? ' ' : c);
  }
  return safe;
}

void set_kind(lxw_format* format, const Look& look) {
  switch (look.kind) {
    case Look::Kind::title: format_set_bold(format); format_set_font_size(format, 14); format_set_font_color(format, kInk); break;
    case Look::Kind::subtitle: format_set_font_color(format, kGrey); break;
    case Look::Kind::head:
      format_set_bold(format);
      format_set_bg_color(format, kHeadFill);
      format_set_bottom(format, LXW_BORDER_THIN);
      format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
      break;
    case Look::Kind::group: format_set_bold(format); format_set_bg_color(format, kGroupFill); break;
    case Look::Kind::label: format_set_bold(format); format_set_align(format, LXW_ALIGN_VERTICAL_TOP); break;
    case Look::Kind::note: format_set_italic(format); format_set_font_color(format, kGrey); break;
    case Look::Kind::link:
      format_set_font_color(format, kBlue);
      format_set_underline(format, LXW_UNDERLINE_SINGLE);
      break;
    case Look::Kind::check: format_set_bg_color(format, kCheckFill); break;
    case Look::Kind::body: break;
  }
}

}  // namespace

File::File(const std::string& title, std::string header, std::string footer)
    : header_(page_text(header)), footer_(page_text(footer)) {
  // This version of the library writes to a path only: that of a file in memory keeps files on disk to the io module.
  memory_ = memfd_create("spillway-workbook", MFD_CLOEXEC);
  if (memory_ < 0) return;
  book_ = workbook_new(("/proc/self/fd/" + std::to_string(memory_)).c_str());
  std::string name = clean_text(title), about = "Computational materials";
  lxw_doc_properties properties{};
  properties.title = name.data();
  properties.subject = about.data();
  properties.created = kCreated;
  workbook_set_properties(book_, &properties);
}

File::~File() {
  if (book_ != nullptr) lxw_workbook_free(book_);
  if (memory_ >= 0) close(memory_);
}

Sheet& File::add_sheet(std::string_view wanted_name) {
  const std::string name = sheet_name(wanted_name, sheet_names_);
  lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
  result::require(sheet != nullptr, "a sheet of the workbook was not made");
  sheets_.push_back(std::make_unique<Sheet>(*this, sheet, name));
  set_page(*sheets_.back());
  return *sheets_.back();
}

void File::set_page(Sheet& sheet) const {
  lxw_worksheet* page = sheet.raw();
  worksheet_set_landscape(page);
  worksheet_set_paper(page, 1);  // US letter
  worksheet_fit_to_pages(page, 1, 0);
  worksheet_set_margins(page, 0.4, 0.4, 0.6, 0.7);
  worksheet_set_header(page, ("&L&8 " + header_ + "&R&8&A").c_str());
  // Two lines: a long legend would run into the page number.
  worksheet_set_footer(page, ("&L&7 " + footer_ + "\n&R&8 \nPage &P of &N").c_str());
  worksheet_gridlines(page, LXW_HIDE_ALL_GRIDLINES);
}

lxw_format* File::format(const Look& look) {
  const std::string key = std::to_string(static_cast<int>(look.kind)) + (look.total ? "t" : "") + (look.wrap ? "w" : "") +
                          (look.right ? "r" : "") + (look.indent ? "i" : "") + (look.top ? "^" : "") + "|" + look.code;
  lxw_format*& format = formats_[key];
  if (format != nullptr) return format;
  format = workbook_add_format(book_);
  format_set_font_name(format, "Arial");
  format_set_font_size(format, 9);
  set_kind(format, look);
  if (!look.code.empty()) format_set_num_format(format, look.code.c_str());
  if (look.wrap) format_set_text_wrap(format);
  if (look.top || (look.wrap && look.kind != Look::Kind::head)) format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  if (look.right) format_set_align(format, LXW_ALIGN_RIGHT);
  if (look.indent && !look.right) {
    format_set_align(format, LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
  }
  if (look.total) {
    format_set_bold(format);
    format_set_top(format, LXW_BORDER_THIN);
    format_set_border_color(format, kRule);
  }
  return format;
}

void File::define(const std::string& wanted_name, const Area& area) {
  std::string name = defined_name(wanted_name);
  std::string key = name;
  const auto small = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  };
  for (int n = 2; !defined_names_.insert(small(key)).second; ++n) key = name + "_" + std::to_string(n);
  workbook_define_name(book_, key.c_str(), ("=" + area.reference()).c_str());
}

result::Result<std::string> File::finish() {
  for (const auto& sheet : sheets_) {
    for (const auto& [column, width] : sheet->widths_) {
      worksheet_set_column(sheet->sheet_, Sheet::column_of(column), Sheet::column_of(column), width, nullptr);
    }
  }
  lxw_workbook* book = book_;
  book_ = nullptr;  // closing frees it
  const lxw_error error = workbook_close(book);
  if (error != LXW_NO_ERROR) {
    return {std::nullopt, {result::error({}, std::string("the workbook was not written: ") + lxw_strerror(error),
                                         "make room in the folder for temporary files (TMPDIR)")}};
  }
  std::string bytes;
  std::vector<char> part(1 << 16);
  off_t at = 0;
  for (ssize_t got; (got = pread(memory_, part.data(), part.size(), at)) > 0; at += got) {
    bytes.append(part.data(), static_cast<std::size_t>(got));
  }
  return {std::move(bytes), {}};
}

}  // namespace spillway::workbook
