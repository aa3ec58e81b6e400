#include "spillway/pdf/pdf.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "spillway/pdf/front.h"
#include "spillway/pdf/sections.h"
#include "spillway/pdf/writer.h"

namespace spillway::pdf {

namespace {

constexpr Style foot_style{Face::italic, 6.6, ink::soft};
constexpr Style running_style{Face::regular, 7.5, ink::soft};
constexpr double foot_leading = 8.2, foot_edge = 30, foot_side = 130;

std::vector<std::string> legend_lines(const Typefaces& typefaces, const std::string& legend, double width) {
  if (legend.empty()) return {};
  return typefaces.wrap(foot_style.face, foot_style.size, legend, width - foot_side);
}

double foot_height(const Typefaces& typefaces, const book::Book& book) {
  const std::size_t lines = std::max<std::size_t>(2, legend_lines(typefaces, book.page_legend, page_width(false)).size());
  return foot_edge + foot_leading * static_cast<double>(lines) + 14;
}

// The running head and foot of a page.
void add_running_lines(Flow& flow, const book::Book& book, std::size_t number, std::size_t pages) {
  if (number > 1) {
    const std::string& group = flow.pages.back().running;
    const std::string right = group.empty() ? "Computational Materials" : "Computational Materials  |  " + group;
    const double taken = flow.faces.width(running_style.face, running_style.size, right) + 20;
    flow.text(flow.left(), 40, {Face::bold, 8, ink::accent}, flow.faces.cut(Face::bold, 8, book.deal, flow.width() - taken));
    flow.text_right(flow.right(), 40, running_style, right);
    flow.rule(flow.left(), flow.right(), 46, 0.6, ink::accent);
  }
  const double top = flow.bottom() + 10;
  flow.rule(flow.left(), flow.right(), top, 0.4, ink::strong_rule);
  double baseline = top + 10;
  for (const auto& line : legend_lines(flow.faces, book.page_legend, flow.width())) {
    flow.text(flow.left(), baseline, foot_style, line);
    baseline += foot_leading;
  }
  flow.text_right(flow.right(), top + 10, running_style, "Page " + std::to_string(number) + " of " + std::to_string(pages));
  const std::string prepared = book.date_prepared.empty() ? "" : "Prepared " + book.date_prepared;
  flow.text_right(flow.right(), top + 10.8 + foot_leading, {Face::regular, 6.6, ink::soft}, prepared);
}

std::vector<Bookmark> make_bookmarks(const std::vector<Place>& places) {
  std::vector<Bookmark> bookmarks{{"Cover", "cover", 0}, {"Contents", "contents", 0}};
  std::string group;
  for (const Place& place : places) {
    if (place.group != group && !place.group.empty()) bookmarks.push_back({place.group, place.anchor, 0});
    group = place.group;
    bookmarks.push_back({place.title, place.anchor, group.empty() ? 0 : 1});
  }
  return bookmarks;
}

std::string two_digits(unsigned long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// "November 21, 2003" or an ISO date as an ISO date; what is neither gives a date that is the same every time.
std::string iso_date(const std::string& text) {
  constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
  const auto digits = [](const std::string& t) { return !t.empty() && t.find_first_not_of("0123456789") == std::string::npos; };
  if (text.size() == 10 && text[4] == '-' && text[7] == '-' && digits(text.substr(0, 4) + text.substr(5, 2) + text.substr(8))) return text;
  const std::size_t space = text.find(' '), comma = text.find(", ");
  if (space < comma && comma != std::string::npos) {
    const auto month = std::find(months.begin(), months.end(), text.substr(0, space));
    const std::string day = text.substr(space + 1, comma - space - 1), year = text.substr(comma + 2);
    if (month != months.end() && digits(day) && day.size() <= 2 && digits(year) && year.size() == 4) {
      return year + "-" + two_digits(static_cast<unsigned long>(month - months.begin()) + 1) + "-" + two_digits(std::stoul(day));
    }
  }
  return "1970-01-01";
}

Document lay_out(const book::Book& book, const Typefaces& typefaces) {
  const double foot = foot_height(typefaces, book);
  Flow body(typefaces, foot), front(typefaces, foot);
  const std::vector<Place> places = set_sections(body, book);
  set_cover(front, book);
  if (!places.empty()) {
    Flow draft = front;
    set_contents(draft, places, 1);  // how many pages they take does not depend on the numbers
    set_contents(front, places, draft.pages.size() + 1);
  }
  Document document{book.deal, iso_date(book.date_prepared), std::move(front.pages), make_bookmarks(places)};
  if (places.empty()) document.bookmarks.resize(1);
  for (Page& page : body.pages) document.pages.push_back(std::move(page));
  for (std::size_t p = 0; p < document.pages.size(); ++p) {
    Flow page(typefaces, foot);
    page.pages.push_back(std::move(document.pages[p]));
    add_running_lines(page, book, p + 1, document.pages.size());
    document.pages[p] = std::move(page.pages.front());
  }
  return document;
}

}  // namespace

result::Result<std::string> to_pdf(const book::Book& book) {
  auto typefaces = Typefaces::load();
  if (!typefaces.ok()) return {std::nullopt, std::move(typefaces.issues)};
  const Document document = lay_out(book, *typefaces);
  std::string bytes = write(document, *typefaces);
  return {std::move(bytes), typefaces->missing()};
}

}  // namespace spillway::pdf
