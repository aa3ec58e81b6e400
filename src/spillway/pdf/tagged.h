#pragma once
// What cairo has no words for: that a document is tagged, its language, spans and other texts of its elements. Private to pdf.

#include <span>
#include <string>

namespace spillway::pdf {

/// An element of the structure: "TH", and what its dictionary says beside where it stands, "/A << /O /Table /ColSpan 3 >>".
struct Element {
  const char* name = "";
  std::string details;
};

/// A PDF of cairo 1.16 with its elements, given in their order, in one Document and packed into object streams: they are most of
/// the objects. A PDF with another table of its objects is given back as it is.
std::string tag_document(const std::string& pdf, std::span<const Element> elements);

/// `text` as a string of a dictionary.
std::string pdf_string(const std::string& text);

}  // namespace spillway::pdf
