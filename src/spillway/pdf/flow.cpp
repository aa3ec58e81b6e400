#include "spillway/pdf/flow.h"

#include <utility>

namespace spillway::pdf {

void Flow::new_page(std::string running, bool is_landscape) {
  Page page;
  if (is_landscape) std::swap(page.width, page.height);
  page.running = std::move(running);
  pages.push_back(std::move(page));
  y = top();
}

void Flow::next_page() { new_page(pages.back().running, landscape()); }

void Flow::text(double x, double baseline, const Style& style, std::string_view text) {
  if (!text.empty()) add(Text{{x, baseline}, style, std::string(text), faces.width(style.face, style.size, text)});
}

void Flow::text_right(double x, double baseline, const Style& style, std::string_view text) {
  this->text(x - faces.width(style.face, style.size, text), baseline, style, text);
}

void Flow::text_middle(double x, double baseline, const Style& style, std::string_view text) {
  this->text(x - faces.width(style.face, style.size, text) / 2, baseline, style, text);
}

void Flow::rule(double from, double to, double at, double width, Color color) {
  add(Stroke{{{from, at}, {to, at}}, width, color});
}

void Flow::box(const Box& box, Color color) {
  add(Fill{{{box.x, box.y}, {box.x + box.width, box.y}, {box.x + box.width, box.y + box.height}, {box.x, box.y + box.height}},
           color});
}

}  // namespace spillway::pdf
