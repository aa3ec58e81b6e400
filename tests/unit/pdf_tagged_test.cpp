#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spillway/pdf/tagged.h"
#include "spillway/result/issue.h"

using namespace spillway;

namespace {

// A document as cairo writes one: the objects in the order given, numbered from 1, then the table of their places.
std::string document(const std::vector<std::string>& bodies) {
  std::string text = "%PDF-1.5\n";
  std::string table = "xref\n0 " + std::to_string(bodies.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const std::string place = std::to_string(text.size());
    table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    text += std::to_string(i + 1) + " 0 obj\n" + bodies[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(text.size());
  return text + table + "trailer\n<< /Size 9\n   /Root 1 0 R\n   /Info 2 0 R\n>>\nstartxref\n" + start + "\n%%EOF\n";
}

std::string tagged_paragraphs() {
  return document({"<< /Type /Catalog\n   /StructTreeRoot 3 0 R\n>>", "<< /Producer (x  y) >>",
                   "<< /Type /StructTreeRoot\n   /K [ 4 0 R 5 0 R ]\n>>",
                   "<< /Type /StructElem\n   /S /H1\n   /P 3 0 R\n   /K 0\n>>",
                   "<< /Type /StructElem\n   /S /P\n   /P 3 0 R\n   /K 1\n>>"});
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(Tagged, says_that_a_document_is_tagged_and_its_language) {
  const std::vector<pdf::Element> elements{{"H1", ""}, {"P", ""}};
  const std::string made = pdf::tag_document(tagged_paragraphs(), elements);
  EXPECT_TRUE(made.starts_with("%PDF-1.5\n"));
  EXPECT_TRUE(made.ends_with("%%EOF\n"));
  EXPECT_TRUE(has(made, "/MarkInfo << /Marked true >>"));
  EXPECT_TRUE(has(made, "/Lang (en-US)"));
  EXPECT_TRUE(has(made, "/S /Document /P 3 0 R /K [ 4 0 R 5 0 R ]"));
  EXPECT_TRUE(has(made, "/Producer (x  y)")) << "texts stay as they are";
  EXPECT_FALSE(has(made, "/S /H1")) << "elements are packed";
  EXPECT_TRUE(has(made, "/Type /ObjStm /N 2 "));
  EXPECT_TRUE(has(made, "/Type /XRef /Size 9 "));
}

TEST(Tagged, throws_if_the_elements_are_not_those_that_were_drawn) {
  for (const auto& elements : std::vector<std::vector<pdf::Element>>{{}, {{"H1", ""}}, {{"P", ""}, {"H1", ""}}, {{"H1", ""}, {"P", ""}, {"P", ""}}}) {
    EXPECT_THROW(pdf::tag_document(tagged_paragraphs(), elements), result::InvariantViolation);
  }
}

TEST(Tagged, gives_back_what_it_does_not_know) {
  const std::string newer = "%PDF-1.7\n1 0 obj\n<< /Type /XRef >>\nendobj\nstartxref\n9\n%%EOF\n";
  const std::string cut = "%PDF-1.5\nxref\n0 900\nstartxref\n9\n%%EOF\n";
  for (const std::string& text : {std::string(), std::string("%PDF-1.5\nstartxref\n"), newer, cut}) {
    EXPECT_EQ(pdf::tag_document(text, {}), text);
  }
}

TEST(Tagged, writes_strings_in_sixteen_bits) {
  EXPECT_EQ(pdf::pdf_string(""), "<FEFF>");
  EXPECT_EQ(pdf::pdf_string("A)"), "<FEFF00410029>");
  EXPECT_EQ(pdf::pdf_string("\xC3\xA9\xE2\x80\x93\xF0\x9D\x84\x9E"), "<FEFF00E92013D834DD1E>");
}
