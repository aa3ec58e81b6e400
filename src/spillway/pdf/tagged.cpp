#include "spillway/pdf/tagged.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

#include "spillway/result/issue.h"

namespace spillway::pdf {

namespace {

constexpr std::size_t per_stream = 500;   // objects
constexpr int effort = 4;                 // of compression, 1 to 9
constexpr std::size_t entry_size = 7;     // of the table of objects: kind, place, index

using Number = std::size_t;

std::size_t number_at(std::string_view text, std::size_t at) {
  std::size_t number = 0;
  std::from_chars(text.data() + at, text.data() + text.size(), number);
  return number;
}

// Number after a key, "/Root 11840 0 R".
std::optional<std::size_t> number_after(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  return number_at(text, at + key.size());
}

std::string deflated(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string out(size, '\0');
  const int done = compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size(), effort);
  result::require(done == Z_OK, "the PDF could not be compressed");
  out.resize(size);
  return out;
}

std::string reference(Number number) { return std::to_string(number) + " 0 R"; }

// The objects of a document as cairo wrote them.
struct Objects {
  std::vector<std::string_view> bodies;  // by number, between "obj" and "endobj"; 0: none
  std::vector<Number> order;             // in the file
  Number root = 0, info = 0;
  std::string_view head;                 // before the first object

  static std::optional<Objects> read(std::string_view pdf);
};

std::optional<Objects> Objects::read(std::string_view pdf) {
  constexpr std::string_view mark = "startxref\n", first_line = "xref\n0 ";
  constexpr std::size_t line = 20;
  const std::size_t start = pdf.rfind(mark);
  if (start == std::string_view::npos) return std::nullopt;
  const std::size_t table = number_at(pdf, start + mark.size());
  if (table >= pdf.size() || pdf.substr(table, first_line.size()) != first_line) return std::nullopt;
  const std::size_t count = number_at(pdf, table + first_line.size());
  const std::size_t lines = pdf.find('\n', table + first_line.size()) + 1;
  if (count < 2 || lines + line * count >= pdf.size()) return std::nullopt;
  const std::string_view trailer = pdf.substr(lines + line * count);
  const auto root = number_after(trailer, "/Root "), info = number_after(trailer, "/Info ");
  if (!root || !info) return std::nullopt;
  std::vector<std::pair<std::size_t, Number>> places;
  for (Number number = 1; number < count; ++number) places.emplace_back(number_at(pdf, lines + line * number), number);
  std::sort(places.begin(), places.end());
  Objects made{std::vector<std::string_view>(count), {}, *root, *info, pdf.substr(0, places.front().first)};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [from, number] = places[i];
    std::string_view body = pdf.substr(from, (i + 1 < places.size() ? places[i + 1].first : table) - from);
    body.remove_prefix(body.find("obj") + 3);
    made.bodies[number] = body.substr(0, body.rfind("endobj"));
    made.order.push_back(number);
  }
  return made;
}

bool is_element(std::string_view body) { return body.substr(0, 24).find("/Type /StructElem") != std::string_view::npos; }

// The elements of a page by their places in its content.
bool is_list(std::string_view body) { return body.starts_with("\n["); }

// The text with one space for each run of white space.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (!space) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

// `text` before the dictionary's end.
std::string with(std::string dictionary, const std::string& text) {
  return dictionary.insert(dictionary.rfind(">>"), text + " ");
}

class Writer {
 public:
  Writer(const Objects& objects, std::span<const Element> elements)
      : objects_(objects), elements_(elements), places_(objects.bodies.size()), document_(places_.size()), out_(objects.head) {
    places_.emplace_back();
  }

  std::string write() {
    for (const Number number : objects_.order) {
      const std::string_view body = objects_.bodies[number];
      if (is_list(body)) pack(number, squeezed(body));
      else if (!is_element(body)) copy(number);
    }
    for (Number number = 1; number < objects_.bodies.size(); ++number) {  // elements are numbered in their order
      if (is_element(objects_.bodies[number])) pack(number, element(objects_.bodies[number]));
    }
    result::require(next_ == elements_.size(), "the PDF has other elements than were drawn");
    end_pack();
    write_table();
    return std::move(out_);
  }

 private:
  struct Place {
    int kind = 0;             // 0 free, 1 in the file, 2 in an object stream
    std::size_t at = 0;       // in the file, or the stream's number
    std::size_t index = 0;    // in the stream
  };

  void copy(Number number) {
    const std::string_view body = objects_.bodies[number];
    if (number == objects_.root) {
      add(number, with(std::string(body), "/Lang (en-US) /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >>"));
    } else if (body.find("/Type /StructTreeRoot") != std::string_view::npos) {
      add_tree(number, body);
    } else {
      add(number, body);
    }
  }

  // What stood directly under the root comes under one element, the document.
  void add_tree(Number number, std::string_view body) {
    const std::size_t kids = body.find("/K ["), end = body.find(']', kids);
    result::require(end != std::string_view::npos, "the PDF has no elements");
    tree_ = number;
    const std::string list(body.substr(kids, end + 1 - kids));
    add(document_, "\n<< /Type /StructElem /S /Document /P " + reference(number) + " " + list + " >>\n");
    add(number, std::string(body).replace(kids, list.size(), "/K [ " + reference(document_) + " ]"));
  }

  std::string element(std::string_view body) {
    result::require(next_ < elements_.size(), "the PDF has more elements than were drawn");
    const Element& drawn = elements_[next_++];
    std::string text = squeezed(body);
    result::require(text.find(std::string("/S /") + drawn.name + " ") != std::string::npos, "the PDF has its elements in another order");
    const std::string parent = "/P " + reference(tree_) + " ";
    if (const std::size_t at = text.find(parent); at != std::string::npos) text.replace(at, parent.size(), "/P " + reference(document_) + " ");
    return drawn.details.empty() ? text : with(std::move(text), drawn.details);
  }

  void add(Number number, std::string_view body) {
    places_[number] = {1, out_.size(), 0};
    out_ += std::to_string(number) + " 0 obj";
    out_ += body;
    out_ += "endobj\n";
  }

  void pack(Number number, const std::string& body) {
    if (packed_ == 0) {
      stream_ = places_.size();
      places_.emplace_back();
    }
    places_[number] = {2, stream_, packed_++};
    index_ += std::to_string(number) + " " + std::to_string(pack_.size()) + " ";
    pack_ += body + "\n";
    if (packed_ == per_stream) end_pack();
  }

  void end_pack() {
    if (packed_ == 0) return;
    add_stream(stream_, "/Type /ObjStm /N " + std::to_string(packed_) + " /First " + std::to_string(index_.size()), index_ + pack_);
    packed_ = 0;
    index_.clear();
    pack_.clear();
  }

  void add_stream(Number number, const std::string& keys, const std::string& text) {
    const std::string bytes = deflated(text);
    add(number, "\n<< " + keys + " /Length " + std::to_string(bytes.size()) + " /Filter /FlateDecode >>\nstream\n" + bytes + "\nendstream\n");
  }

  // Each entry as the difference to the one before it, which packs well.
  void write_table() {
    const Number number = places_.size();
    const std::size_t start = out_.size();
    places_.push_back({1, start, 0});
    std::string rows;
    std::array<std::uint8_t, entry_size> before{};
    for (const Place& place : places_) {
      const std::array<std::uint8_t, entry_size> entry{byte(place.kind, 0), byte(place.at, 24), byte(place.at, 16), byte(place.at, 8),
                                                       byte(place.at, 0), byte(place.index, 8), byte(place.index, 0)};
      rows += '\2';
      for (std::size_t i = 0; i < entry_size; ++i) rows += static_cast<char>(static_cast<std::uint8_t>(entry[i] - before[i]));
      before = entry;
    }
    add_stream(number, "/Type /XRef /Size " + std::to_string(places_.size()) + " /W [1 4 2] /DecodeParms << /Predictor 12 /Columns " +
                           std::to_string(entry_size) + " >> /Root " + reference(objects_.root) + " /Info " + reference(objects_.info), rows);
    out_ += "startxref\n" + std::to_string(start) + "\n%%EOF\n";
  }

  static std::uint8_t byte(std::size_t number, int shift) { return static_cast<std::uint8_t>(number >> shift); }

  const Objects& objects_;
  std::span<const Element> elements_;
  std::vector<Place> places_;
  Number document_, tree_ = 0, stream_ = 0;
  std::size_t next_ = 0, packed_ = 0;
  std::string out_, index_, pack_;
};

}  // namespace

std::string tag_document(const std::string& pdf, std::span<const Element> elements) {
  const auto objects = Objects::read(pdf);
  return objects ? Writer(*objects, elements).write() : pdf;
}

std::string pdf_string(const std::string& text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "<FEFF";  // UTF-16, high byte first
  const auto add = [&](unsigned unit) {
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(unit >> shift) & 15U];
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned code = lead < 0x80 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    at += length;
    if (code >= 0x10000) {
      add(0xD800 + ((code - 0x10000) >> 10));
      add(0xDC00 + ((code - 0x10000) & 0x3FF));
    } else {
      add(code);
    }
  }
  return out + ">";
}

}  // namespace spillway::pdf
