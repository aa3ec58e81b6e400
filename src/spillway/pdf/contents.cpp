#include <cmath>

#include "spillway/pdf/front.h"

namespace spillway::pdf {

namespace {

constexpr Style entry_style{Face::regular, 9, ink::text};
constexpr Style group_style{Face::bold, 8, ink::accent};
constexpr double entry_leading = 13.2, group_leading = 21, heading_height = 24, above = 30;
constexpr double least_spacing = 0.84;  // of the leading, if that makes one page of them

// Dots stand at whole steps from the page's edge, one below the other.
void draw_leader(Flow& flow, double from, double to, double baseline) {
  constexpr double step = 5;
  const double start = flow.right() - std::floor((flow.right() - from) / step) * step;
  if (start < to) flow.add(Stroke{{{start, baseline - 1}, {to, baseline - 1}}, 0.7, ink::strong_rule, {0.8, step - 0.8}});
}

void set_entry(Flow& flow, const Place& place, std::size_t first, double leading) {
  const std::string number = std::to_string(first + place.page);
  const double baseline = flow.y + leading - 3.7, x = flow.left() + 10;
  const double number_width = flow.faces.width(entry_style.face, entry_style.size, number);
  const std::string title = flow.faces.cut(entry_style.face, entry_style.size, place.title, flow.width() - 10 - number_width - 14);
  flow.open("P");
  flow.add(Link{{flow.left(), flow.y, flow.width(), leading}, place.anchor});
  flow.text(x, baseline, entry_style, title);
  flow.text_right(flow.right(), baseline, entry_style, number);
  flow.close("Link");
  flow.close("P");
  draw_leader(flow, x + flow.faces.width(entry_style.face, entry_style.size, title) + 6, flow.right() - number_width - 5, baseline);
  flow.y += leading;
}

// Height without the heading.
double entries_height(const std::vector<Place>& places) {
  double height = 0;
  std::string group;
  for (const Place& place : places) {
    height += entry_leading + (place.group != group && !place.group.empty() ? group_leading : 0);
    group = place.group;
  }
  return height;
}

}  // namespace

void set_contents(Flow& flow, const std::vector<Place>& places, std::size_t first) {
  const double entries = entries_height(places), depth = flow.depth(false) - heading_height;
  const double spacing = entries > depth && entries * least_spacing <= depth ? depth / entries : 1.0;
  const double height = heading_height + entries * spacing;
  if (flow.room() < height + above) flow.new_page("Contents");
  else flow.y = std::max(flow.y + above, flow.bottom() - height - 2 * above);
  flow.add(Anchor{"contents", std::max(0.0, flow.y - 10)});
  flow.open("H1");
  flow.text(flow.left(), flow.y + 13, {Face::bold, 15, ink::accent}, "Contents");
  flow.close("H1");
  flow.y += heading_height;
  std::string group;
  for (const Place& place : places) {
    const bool heads = place.group != group && !place.group.empty();
    if (flow.room() < spacing * (entry_leading + (heads ? group_leading : 0)) - 0.01) flow.next_page();
    if (heads) {
      flow.open("P");
      flow.text(flow.left(), flow.y + spacing * group_leading - 5, group_style, place.group);
      flow.close("P");
      flow.y += spacing * group_leading;
    }
    group = place.group;
    set_entry(flow, place, first, spacing * entry_leading);
  }
}

}  // namespace spillway::pdf
