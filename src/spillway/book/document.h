#pragma once
// DocumentText: what a book says in words, from the deal's document file.

#include <string>
#include <utility>
#include <vector>

#include "spillway/book/book.h"

namespace spillway::book {

struct DocumentText {
  std::string headline;
  std::string subtitle;
  std::string date_prepared;
  std::vector<std::pair<std::string, std::string>> parties;
  std::vector<std::string> notices;
  std::string page_legend;
  std::vector<Term> terms;
  std::vector<std::string> class_notes;            ///< under the front-page class table
  std::vector<std::string> available_rate_notes;
  std::string collateral_title;                    ///< over the stratification pages
};

}  // namespace spillway::book
