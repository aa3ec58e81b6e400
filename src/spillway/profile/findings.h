#pragma once
// What is odd on a tape.

#include <string>
#include <vector>

#include "spillway/pool/product.h"
#include "spillway/profile/written_tape.h"
#include "spillway/result/issue.h"

namespace spillway::profile {

/// One kind of problem and the loans that have it.
struct Finding {
  struct Loan {
    std::size_t row = 0;
    std::string detail;      ///< "age 12 and remaining_term 360 are over original_term 360"
  };
  std::string name;          ///< "terms_over_original": docs/tape-profile.md lists them
  std::string what;          ///< "Age and remaining term over the original term"
  std::string columns;       ///< those it is about, by name
  std::vector<Loan> loans;   ///< by row; of copies, the later ones

  std::vector<std::size_t> rows() const;
};

/// Every finding that has loans: values that cannot be read, units that differ from the other loans', outliers, copies, and loans
/// whose terms contradict one another. A loan is in one finding at most of those about the same terms, the most specific; a value
/// whose unit is doubted contradicts nothing and is no outlier.
std::vector<Finding> find_problems(const WrittenTape& tape, const pool::ProductTable& products);

/// Adds the loans that the reader leaves out and that no finding has: `issues` are those of reading the tape and making the pool.
void add_left_out(std::vector<Finding>& findings, const WrittenTape& tape, const std::vector<result::Issue>& issues);

}  // namespace spillway::profile
