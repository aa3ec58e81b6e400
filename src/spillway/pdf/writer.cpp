#include "spillway/pdf/writer.h"

#include <array>
#include <memory>

#include <cairo-pdf.h>

#include "spillway/result/issue.h"

namespace spillway::pdf {

namespace {

struct Close {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void trace(cairo_t* cairo, const std::vector<Point>& points) {
  cairo_new_path(cairo);
  for (const Point& point : points) cairo_line_to(cairo, point.x, point.y);
}

struct Painter {
  cairo_t* cairo;
  const Typefaces& typefaces;

  void operator()(const Text& text) const { typefaces.draw(cairo, text); }

  void operator()(const Stroke& stroke) const {
    cairo_set_source_rgb(cairo, stroke.color.red, stroke.color.green, stroke.color.blue);
    cairo_set_line_width(cairo, stroke.width);
    cairo_set_dash(cairo, stroke.dash.data(), static_cast<int>(stroke.dash.size()), 0);
    trace(cairo, stroke.points);
    cairo_stroke(cairo);
  }

  void operator()(const Fill& fill) const {
    cairo_set_source_rgb(cairo, fill.color.red, fill.color.green, fill.color.blue);
    trace(cairo, fill.points);
    cairo_close_path(cairo);
    cairo_fill(cairo);
  }

  void operator()(const Link& link) const {
    const auto number = [](double value) { return std::to_string(value); };  // of the C locale, which nothing here changes
    const std::string attributes = "dest='" + link.to + "' rect=[" + number(link.box.x) + " " + number(link.box.y) + " " +
                                   number(link.box.width) + " " + number(link.box.height) + "]";
    cairo_tag_begin(cairo, CAIRO_TAG_LINK, attributes.c_str());
    cairo_tag_end(cairo, CAIRO_TAG_LINK);
  }

  void operator()(const Anchor& anchor) const {
    const std::string attributes = "name='" + anchor.name + "' x=0 y=" + std::to_string(anchor.y);
    cairo_tag_begin(cairo, CAIRO_TAG_DEST, attributes.c_str());
    cairo_tag_end(cairo, CAIRO_TAG_DEST);
  }

  void operator()(const Mark& mark) const {
    if (mark.opens) cairo_tag_begin(cairo, mark.element, "");
    else cairo_tag_end(cairo, mark.element);
  }
};

void add_bookmarks(cairo_surface_t* surface, const Document& document) {
  std::array<int, 8> open{};  // the last bookmark of each level, one further in
  for (const Bookmark& bookmark : document.bookmarks) {
    const auto level = static_cast<std::size_t>(bookmark.level);
    const std::string to = "dest='" + bookmark.to + "'";
    open[level + 1] = cairo_pdf_surface_add_outline(surface, level == 0 ? CAIRO_PDF_OUTLINE_ROOT : open[level],
                                                    printable(bookmark.title).c_str(), to.c_str(),
                                                    level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t{});
  }
}

}  // namespace

std::string write(const Document& document, const Typefaces& typefaces) {
  std::string bytes;
  std::unique_ptr<cairo_surface_t, Close> surface(cairo_pdf_surface_create_for_stream(append, &bytes, 612, 792));
  const std::string date = document.date + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, printable(document.title).c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, "Computational materials");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Spillway");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
  std::unique_ptr<cairo_t, Close> cairo(cairo_create(surface.get()));
  cairo_set_line_join(cairo.get(), CAIRO_LINE_JOIN_ROUND);
  for (const Page& page : document.pages) {
    cairo_pdf_surface_set_size(surface.get(), page.width, page.height);
    for (const Item& item : page.items) std::visit(Painter{cairo.get(), typefaces}, item);
    cairo_show_page(cairo.get());
  }
  add_bookmarks(surface.get(), document);
  result::require(cairo_status(cairo.get()) == CAIRO_STATUS_SUCCESS, "the PDF could not be drawn");
  cairo.reset();
  cairo_surface_finish(surface.get());
  result::require(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS, "the PDF could not be written");
  return bytes;
}

}  // namespace spillway::pdf
