// The readers on thousands of damaged copies of the example's files: the same copies on every run.

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <random>

#include "spillway/io/files.h"
#include "targets.h"

namespace {

using Target = void (*)(const std::string&);

// Damages a text a little, by what people and machines do to files.
class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string damage(std::string text) {
    for (std::size_t times = 1 + below(4); times > 0 && !text.empty(); --times) {
      const std::size_t at = below(text.size()), length = 1 + below(std::min<std::size_t>(40, text.size() - at));
      switch (below(8)) {
        case 0: text[at] = static_cast<char>(below(256)); break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, text.substr(below(text.size()), length)); break;
        case 3: text.insert(at, words()[below(words().size())]); break;
        case 4: text.replace(at, length, words()[below(words().size())]); break;
        case 5: text.resize(at); break;
        case 6: text.insert(at, std::string(below(300), "([{-!&*,\"'%"[below(11)])); break;
        default: swap_lines(text, at); break;
      }
    }
    return text;
  }

 private:
  // The remainder, not a distribution: the same on every standard library.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  static const std::vector<std::string>& words() {
    static const std::vector<std::string> all{
        "\n", "  ", ": ", "- ", "{", "}", "[", "]", "&a ", "*a", "<<: ", "!!int ", "|\n", "\t", "\"", "'", "#", "---\n", "%",
        "null", "~", ".nan", "-.inf", "true", "0", "-1", "1e999", "1e-999", "99999999999999999999", "0x10", "0%", "-100%",
        "2003-02-30", "9999-12-31", "0000-00-00", "Bonds", "A-1", "if(", "min(", " * ", " / 0", "pool.balance",
        "classes.balance", "sequential", "pro_rata", "at_most", "like", "\xEF\xBB\xBF", "\xFF\xFE", "\xC3", ",", ",,", "\r\n",
        std::string(1, '\0')};
    return all;
  }

  void swap_lines(std::string& text, std::size_t at) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos) return;
    const std::string rest = text.substr(end + 1);
    text = rest + text.substr(0, end + 1);
  }

  std::mt19937 random_;
};

std::string example(const std::string& name) {
  return *spillway::io::read_file(std::string(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/") + name);
}

std::string first_lines(const std::string& text, int count) {
  std::size_t end = 0;
  while (count-- > 0 && end != std::string::npos) end = text.find('\n', end + 1);
  return text.substr(0, end);
}

// Throws every damaged copy at the target. A slow one counts as a fault: none may take more than a second.
void survive(Target target, const std::string& text, unsigned copies) {
  for (unsigned seed = 0; seed < copies; ++seed) {
    const std::string damaged = Mutator(seed).damage(text);
    const auto start = std::chrono::steady_clock::now();
    try {
      target(damaged);
    } catch (const std::exception& fault) {
      FAIL() << "copy " << seed << " threw: " << fault.what() << "\n" << damaged;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ASSERT_LT(took.count(), 5.0) << "copy " << seed << "\n" << damaged;
  }
}

}  // namespace

TEST(DamagedFiles, deal_files_give_issues_and_nothing_worse) { survive(fuzz::read_deal, example("deal.yaml"), 1000); }

TEST(DamagedFiles, scenario_files_give_issues_and_nothing_worse) {
  survive(fuzz::read_scenarios, example("scenarios.yaml"), 1000);
}

TEST(DamagedFiles, tapes_give_issues_and_nothing_worse) {
  survive(fuzz::read_tape, first_lines(example("tape.csv"), 12), 5000);
}

TEST(DamagedFiles, curves_give_issues_and_nothing_worse) {
  survive(fuzz::read_csv, first_lines(example("curves.csv"), 12), 5000);
  survive(fuzz::read_csv, first_lines(example("derivatives.csv"), 12), 3000);
  survive(fuzz::read_csv, first_lines(example("paths.csv"), 12), 3000);
}

TEST(DamagedFiles, books_give_issues_and_nothing_worse) {
  survive(fuzz::read_book,
          "{\n \"deal\": \"Trust\",\n \"tables\": {\n  \"t\": {\n   \"title\": \"T\",\n   \"columns\": [\n"
          "    {\"name\":\"class\",\"title\":\"Class\",\"unit\":\"\"},\n"
          "    {\"name\":\"rate\",\"title\":\"Rate\",\"unit\":\"percent\",\"format\":\"0.00%\"}\n   ],\n   \"rows\": [\n"
          "    {\"class\":\"A-1\",\"rate\":0.35},\n    {\"class\":\"Total\",\"rate\":null}\n   ],\n   \"total_rows\": [1],\n"
          "   \"formats\": {\n    \"rate\": [\"0.0\",null]\n   }\n  }\n }\n}\n",
          3000);
  survive(fuzz::read_book, "{\"spillway\": \"0.1.0\", \"deal\": \"../deal.yaml\", \"files\": [{\"name\":\"deal.yaml\",\"sha256\":\"12\"}]}", 2000);
}

TEST(DamagedFiles, tapes_give_a_profile_or_issues_and_nothing_worse) {
  survive(fuzz::profile_tape, first_lines(example("tape.csv"), 30), 3000);
}

TEST(DamagedFiles, formulas_give_issues_and_nothing_worse) {
  survive(fuzz::read_formula, "if(date >= 2004-06-25 and not test, 0.50% * money, max(0, A-1.balance - 1_000 / rate))", 20000);
}

// What the fuzzers found, or might have.

TEST(DamagedFiles, forms_within_forms_do_not_double_the_work_each_time) {
  std::string tree = "A-1";
  for (int i = 0; i < 40; ++i) tree = "{at_most: 1, pay: " + tree + "}";
  std::string broken = "[]";
  for (int i = 0; i < 40; ++i) broken = "{if: x, then: " + broken + "}";
  for (const std::string& to : {tree, broken}) {
    const auto start = std::chrono::steady_clock::now();
    fuzz::read_deal("waterfall:\n  - {pay: interest, from: x, to: " + to + "}\n");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took.count(), 5.0);
  }
}

TEST(DamagedFiles, numbers_beyond_any_integer_are_refused) {
  fuzz::read_csv("tenor,rate_pct\n1e300M,1\n-1e300Y,1\n1.5Y,1\n");
  fuzz::read_deal("dates: {payments: {day: 1e300}}\nwaterfall: []\n");
  fuzz::read_scenarios("scenarios: {a: {prepayment: {arm: {ramp: {from: 1 CPR, to: 2 CPR, months: -1e300}}}, "
                       "assumed_terms: {arm: {remaining: 1e300, age: 1e10}}}}\n");
}

TEST(DamagedFiles, formulas_that_exhaust_the_stack_are_refused) {
  for (const std::string& part : {"(", "-", "not ", "abs(", "1+", "if(test,", "1<(", "-("}) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += part;
    fuzz::read_formula(text);
    fuzz::read_formula(text + "1");
    fuzz::read_formula(text.substr(0, 3900) + "1");
  }
}

TEST(DamagedFiles, quantities_that_double_each_other_are_refused) {
  std::string deal = example("deal.yaml");
  std::string doubling = "quantities:\n  q0: classes.balance\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "q" + std::to_string(i - 1);
    doubling += "  q" + std::to_string(i) + ": " + before + " + " + before + "\n";
  }
  deal.replace(deal.find("quantities:\n"), 12, doubling);
  fuzz::read_deal(deal);
}

TEST(DamagedFiles, a_chain_of_ten_thousand_definitions_is_refused) {
  std::string deal = example("deal.yaml");
  std::string chain = "quantities:\n";
  for (int i = 0; i < 10'000; ++i) chain += "  q" + std::to_string(i) + ": q" + std::to_string(i + 1) + "\n";
  deal.replace(deal.find("quantities:\n"), 12, chain + "  q10000: 1\n");
  fuzz::read_deal(deal);
}

TEST(DamagedFiles, yaml_that_multiplies_itself_is_refused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) text += ", " + before;
    text += "]\n";
  }
  const auto start = std::chrono::steady_clock::now();
  fuzz::read_deal(text);
  fuzz::read_deal("a: &a [*a]\n");
  fuzz::read_deal(std::string(100'000, '['));
  fuzz::read_deal(std::string(100'000, '{'));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took.count(), 20.0);
}
