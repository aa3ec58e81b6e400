#include "spillway/pdf/writer.h"

#include <array>
#include <memory>

#include <cairo-pdf.h>

#include "spillway/pdf/tagged.h"
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
  cairo_new_sub_path(cairo);
  for (const Point& point : points) cairo_line_to(cairo, point.x, point.y);
}

// Draws items in their order. Figures that follow one another in one style are one operation, and so are strokes: cairo goes
// over every operation of a page three times.
class Painter {
 public:
  Painter(cairo_t* cairo, const Typefaces& typefaces) : cairo_(cairo), typefaces_(typefaces) {}

  void paint(const Page& page) {
    for (const Item& item : page.items) {
      if (!std::holds_alternative<Text>(item)) draw_texts();
      if (!std::holds_alternative<Stroke>(item)) draw_strokes();
      std::visit(*this, item);
    }
    draw_texts();
    draw_strokes();
    cairo_show_page(cairo_);
  }

  void operator()(const Text& text) {
    const bool joins = !texts_.empty() && texts_.front()->style == text.style && is_figures(text.text) && is_figures(texts_.front()->text);
    if (!joins) draw_texts();
    texts_.push_back(&text);
  }

  void operator()(const Stroke& stroke) {
    const bool joins = !strokes_.empty() && strokes_.front()->width == stroke.width && strokes_.front()->color == stroke.color &&
                       strokes_.front()->dash.empty() && stroke.dash.empty();
    if (!joins) draw_strokes();
    strokes_.push_back(&stroke);
  }

  void operator()(const Fill& fill) {
    cairo_set_source_rgb(cairo_, fill.color.red, fill.color.green, fill.color.blue);
    trace(cairo_, fill.points);
    cairo_close_path(cairo_);
    cairo_fill(cairo_);
  }

  void operator()(const Link& link) {
    const auto number = [](double value) { return std::to_string(value); };  // of the C locale, which nothing here changes
    const std::string attributes = "dest='" + link.to + "' rect=[" + number(link.box.x) + " " + number(link.box.y) + " " +
                                   number(link.box.width) + " " + number(link.box.height) + "]";
    cairo_tag_begin(cairo_, CAIRO_TAG_LINK, attributes.c_str());
  }

  void operator()(const Anchor& anchor) {
    const std::string attributes = "name='" + anchor.name + "' x=0 y=" + std::to_string(anchor.y);
    cairo_tag_begin(cairo_, CAIRO_TAG_DEST, attributes.c_str());
    cairo_tag_end(cairo_, CAIRO_TAG_DEST);
  }

  void operator()(const Mark& mark) {
    if (mark.opens) cairo_tag_begin(cairo_, mark.element, "");
    else cairo_tag_end(cairo_, mark.element);
  }

 private:
  void draw_texts() {
    if (!texts_.empty()) typefaces_.draw(cairo_, texts_);
    texts_.clear();
  }

  void draw_strokes() {
    if (strokes_.empty()) return;
    const Stroke& first = *strokes_.front();
    cairo_set_source_rgb(cairo_, first.color.red, first.color.green, first.color.blue);
    cairo_set_line_width(cairo_, first.width);
    cairo_set_dash(cairo_, first.dash.data(), static_cast<int>(first.dash.size()), 0);
    for (const Stroke* stroke : strokes_) trace(cairo_, stroke->points);
    cairo_stroke(cairo_);
    strokes_.clear();
  }

  cairo_t* cairo_;
  const Typefaces& typefaces_;
  std::vector<const Text*> texts_;
  std::vector<const Stroke*> strokes_;
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

std::vector<Element> elements_of(const Document& document) {
  std::vector<Element> elements;
  for (const Page& page : document.pages) {
    for (const Item& item : page.items) {
      const auto* mark = std::get_if<Mark>(&item);
      if (mark && mark->opens) elements.push_back({mark->element, mark->details});
      else if (std::holds_alternative<Link>(item)) elements.push_back({CAIRO_TAG_LINK, {}});
    }
  }
  return elements;
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
  Painter painter(cairo.get(), typefaces);
  for (const Page& page : document.pages) {
    cairo_pdf_surface_set_size(surface.get(), page.width, page.height);
    painter.paint(page);
  }
  add_bookmarks(surface.get(), document);
  result::require(cairo_status(cairo.get()) == CAIRO_STATUS_SUCCESS, "the PDF could not be drawn");
  cairo.reset();
  cairo_surface_finish(surface.get());
  result::require(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS, "the PDF could not be written");
  return tag_document(bytes, elements_of(document));
}

}  // namespace spillway::pdf
