#pragma once
// Which values of an attribute a share counts. Private to strat.

#include <string>
#include <vector>

namespace spillway::strat {

/// Values wanted, and values refused ("!0"): with some of these, all but them and the unknown count too. "" is unknown.
class ValueTest {
 public:
  explicit ValueTest(const std::vector<std::string>& values);

  bool counts(const std::string& text) const;
  bool counts(double number) const;

 private:
  struct List {
    std::vector<std::string> texts;
    std::vector<double> numbers;  // those of the texts that are numbers; NaN for ""

    void add(const std::string& text);
    bool has(const std::string& text) const;
    bool has(double number) const;
  };

  List wanted_, refused_;
};

}  // namespace spillway::strat
