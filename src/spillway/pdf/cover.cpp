#include <algorithm>

#include "spillway/pdf/front.h"
#include "spillway/pdf/prose.h"

namespace spillway::pdf {

namespace {

void set_lines(Flow& flow, const char* element, const Style& style, double leading, const std::string& text) {
  if (text.empty()) return;
  flow.open(element);
  for (const auto& line : flow.faces.wrap(style.face, style.size, text, flow.width() - 60)) {
    flow.text(flow.left(), flow.y + style.size * 0.8, style, line);
    flow.y += leading;
  }
  flow.close(element);
}

void set_parties(Flow& flow, const book::Book& book) {
  constexpr double role_leading = 10.5, name_leading = 12, below = 9;
  const double column = flow.width() / 2 - 12;
  for (std::size_t i = 0; i < book.parties.size(); i += 2) {
    const double top = flow.y;
    double lowest = top;
    for (std::size_t j = i; j < std::min(i + 2, book.parties.size()); ++j) {
      const double x = flow.left() + (j > i ? flow.width() / 2 + 12 : 0);
      const auto& [role, name] = book.parties[j];
      flow.open("P");
      flow.text(x, top + 8, {Face::regular, 8, ink::soft}, role + " ");
      double y = top + role_leading;
      for (const auto& line : flow.faces.wrap(Face::bold, 9.5, name, column)) {
        flow.text(x, y + 9, {Face::bold, 9.5, ink::text}, line);
        y += name_leading;
      }
      flow.close("P");
      lowest = std::max(lowest, y);
    }
    flow.y = lowest + below;
  }
}

constexpr double notice_pad = 14, notice_leading = 11.6, notice_gap = 4;
constexpr Style notice_style{Face::regular, 8.5, ink::text};

double notices_height(const Flow& flow, const book::Book& book) {
  double height = 2 * notice_pad + 16;
  for (const auto& notice : book.notices) {
    const auto lines = flow.faces.wrap(notice_style.face, notice_style.size, notice, flow.width() - 2 * notice_pad);
    height += notice_gap + notice_leading * static_cast<double>(lines.size());
  }
  return height;
}

void set_notices(Flow& flow, const book::Book& book) {
  if (book.notices.empty()) return;
  const double height = notices_height(flow, book);
  const bool boxed = height <= flow.depth(false);
  if (flow.room() < height) flow.next_page();
  else flow.y = std::max(flow.y, flow.bottom() - height - 6);
  if (boxed) {
    flow.box({flow.left(), flow.y, flow.width(), height}, ink::band);
    flow.box({flow.left(), flow.y, 3, height}, ink::accent);
  }
  flow.y += boxed ? notice_pad : 0;
  const double x = flow.left() + notice_pad;
  flow.open("H2");
  flow.text(x, flow.y + 9, {Face::bold, 9.5, ink::accent}, "Please note");
  flow.close("H2");
  flow.y += 16;
  for (const auto& notice : book.notices) {
    set_paragraph(flow, {x, flow.width() - 2 * notice_pad, notice_style, notice_leading}, notice);
    flow.y += notice_gap;
  }
}

}  // namespace

void set_cover(Flow& flow, const book::Book& book) {
  flow.new_page("");
  flow.add(Anchor{"cover", 0});
  flow.box({flow.left(), 62, flow.width(), 3}, ink::accent);
  flow.y = 118;
  set_lines(flow, "P", {Face::bold, 9, ink::soft}, 22, "COMPUTATIONAL MATERIALS");
  set_lines(flow, "H1", {Face::bold, 27, ink::accent}, 33, book.deal);
  flow.y += 4;
  set_lines(flow, "P", {Face::regular, 13, ink::text}, 18, book.subtitle);
  flow.y += 18;
  set_lines(flow, "P", {Face::bold, 19, ink::text}, 25, book.headline);
  flow.y += 14;
  flow.rule(flow.left(), flow.right(), flow.y, 0.6, ink::strong_rule);
  flow.y += 18;
  set_parties(flow, book);
  if (!book.date_prepared.empty()) {
    flow.y += 6;
    set_lines(flow, "P", {Face::regular, 9, ink::soft}, 14, "Date prepared: " + book.date_prepared);
  }
  flow.y += 18;
  set_notices(flow, book);
}

}  // namespace spillway::pdf
