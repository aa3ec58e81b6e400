#include "spillway/pdf/prose.h"

#include <cctype>

namespace spillway::pdf {

namespace {

constexpr double label_width = 122, label_gap = 16;

// Length of a number a text starts with, its space included: "1. ", "(iv) "; 0: none.
std::size_t number_length(const std::string& text) {
  const std::size_t space = text.find(' ');
  if (space == std::string::npos || space < 2 || space > 6) return 0;
  const char last = text[space - 1];
  if (last != '.' && last != ')') return 0;
  for (std::size_t i = text[0] == '(' ? 1 : 0; i + 1 < space; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!std::isdigit(c) && !(text[0] == '(' && std::isalpha(c))) return 0;
  }
  return space + 1;
}

// How many of `left` lines go on this page, `fit` of them having room.
std::size_t lines_here(std::size_t left, std::size_t fit) {
  if (fit >= left) return left;
  if (left - fit == 1 && fit > 0) --fit;
  return fit < 2 ? 0 : fit;
}

}  // namespace

void set_paragraph(Flow& flow, const Measure& measure, const std::string& text, const std::function<void()>& turned) {
  const std::size_t number = number_length(text);
  const double hang = number > 0 ? flow.faces.width(measure.style.face, measure.style.size, text.substr(0, number - 1)) + 4 : 0;
  const auto lines = flow.faces.wrap(measure.style.face, measure.style.size, text.substr(number), measure.width - hang);
  std::size_t set = 0;
  while (set < lines.size()) {
    const auto fit = static_cast<std::size_t>(std::max(0.0, (flow.room() + 0.01) / measure.leading));
    std::size_t here = lines_here(lines.size() - set, fit);
    if (here == 0 && flow.at_top()) here = lines.size() - set;
    if (here > 0) flow.open("P");
    for (std::size_t i = 0; i < here; ++i, ++set) {
      const double baseline = flow.y + measure.leading * 0.78;
      if (set == 0 && number > 0) flow.text(measure.x, baseline, measure.style, text.substr(0, number - 1));
      // The space keeps the words apart where the text is read without its lines.
      flow.text(measure.x + hang, baseline, measure.style, lines[set] + (set + 1 < lines.size() ? " " : ""));
      flow.y += measure.leading;
    }
    if (here > 0) flow.close("P");
    if (set == lines.size()) break;
    flow.next_page();
    if (turned) turned();
  }
}

namespace {

void set_label(Flow& flow, double at, const std::string& label, bool again) {
  const Style style{Face::bold, 8.5, ink::accent};
  double baseline = at + 9.4;
  const auto lines = flow.faces.wrap(style.face, style.size, label, label_width);
  flow.open("P");
  for (const auto& line : lines) {
    flow.text(flow.left(), baseline, style, line);
    baseline += 11;
  }
  if (again) flow.text(flow.left(), baseline, {Face::italic, 7.5, ink::soft}, "(continued)");
  flow.close("P");
}

void set_term(Flow& flow, const book::Term& term) {
  const Measure measure{flow.left() + label_width + label_gap, flow.width() - label_width - label_gap, {Face::regular, 9, ink::text}, 12};
  const auto label_lines = flow.faces.wrap(Face::bold, 8.5, term.label, label_width).size();
  if (flow.room() < std::max(2.0 * measure.leading, 11.0 * static_cast<double>(label_lines))) flow.next_page();
  const double start = flow.y;
  const std::size_t start_page = flow.pages.size();
  set_label(flow, start, term.label, false);
  for (std::size_t p = 0; p < term.paragraphs.size(); ++p) {
    if (p > 0) flow.y += 4;
    set_paragraph(flow, measure, term.paragraphs[p], [&] { set_label(flow, flow.y, term.label, true); });
  }
  if (flow.pages.size() == start_page) flow.y = std::max(flow.y, start + 11.0 * static_cast<double>(label_lines) + 1);
}

}  // namespace

void set_terms(Flow& flow, const std::vector<book::Term>& terms) {
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (t > 0 && !flow.at_top()) {
      flow.y += 4.5;
      flow.rule(flow.left(), flow.right(), flow.y, 0.35, ink::rule);
      flow.y += 4.5;
    }
    set_term(flow, terms[t]);
  }
}

}  // namespace spillway::pdf
