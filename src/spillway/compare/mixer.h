#pragma once
// Runs that take some ingredients of one side and some of the other. Private to compare.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "spillway/book/price_grid.h"
#include "spillway/compare/attribution.h"

namespace spillway::compare {

/// Which ingredients are those of b: bit i is ingredient i.
using Mix = unsigned;

inline constexpr std::size_t kIngredients = 8;
inline constexpr Mix kAllOfB = (1u << kIngredients) - 1;

inline Mix bit(Ingredient ingredient) { return 1u << static_cast<unsigned>(ingredient); }

/// Two ingredients that cannot come from different sides, and why.
struct Refusal {
  Ingredient one, other;
  std::string why;
};

/// A measure of a class, as the mixer gives them.
struct MeasureTerms {
  std::string name, title, unit;
  int decimals = 0;
};

/// What a mixed run gave: values by class, then measure; or why there are none.
struct Outcome {
  std::vector<std::optional<double>> values;
  std::optional<Refusal> refusal;
  std::vector<result::Issue> issues;    ///< with a refusal: of resolving or running
};

class Mixer {
 public:
  Mixer(Side a, Side b, std::vector<std::string> classes, std::optional<double> price, int threads);

  /// The run of a mix; each is made once.
  const Outcome& run(Mix mix);

  const std::vector<MeasureTerms>& measures() const { return measures_; }

  /// The classes of the two deals do not add to the same: loans and swaps are scaled where they meet the classes of the other.
  bool scales() const { return own_[0].class_total != own_[1].class_total; }

 private:
  struct Own {
    Side side;
    engine::ScenarioDefinition scenario;     // as read
    std::vector<hedges::Swap> swaps;
    std::vector<double> balances;            // of the loans, if they are held
    decltype(engine::LoanParts::for_each) for_each;  // of the parts, if they come in parts
    double class_total = 0;                  // dollars
    calendar::BusinessCalendar business_days;
  };

  const Own& of(Mix mix, Ingredient ingredient) const { return own_[(mix & bit(ingredient)) ? 1 : 0]; }
  std::optional<Refusal> refused(Mix mix) const;
  std::optional<Refusal> refused_groups(Mix mix) const;
  std::optional<Refusal> refused_paths(Mix mix) const;
  std::optional<Refusal> refused_structure(Mix mix) const;
  deal::DealDefinition definition_of(Mix mix) const;
  double scale_to_structure(Mix mix, const Own& own) const;
  void set_up(Mix mix, engine::Inputs& inputs, const engine::RunRequest& request);
  Outcome make(Mix mix);
  Outcome culprit(Mix mix, std::vector<result::Issue> issues);
  std::vector<std::optional<double>> measure(const engine::Inputs& inputs, engine::Run run) const;

  std::array<Own, 2> own_;                   // a, b; their inputs take on what a mix needs
  std::vector<std::string> classes_;
  std::vector<MeasureTerms> measures_;
  std::set<std::string> target_names_;
  std::string index_;                        // empty: classes are measured by yield
  book::GridRequest yardstick_;
  bool same_loans_ = false;
  int threads_ = 0;
  std::map<Mix, Outcome> outcomes_;
  std::map<Mix, cashflow::CollateralCashFlows> collateral_;  // by the bits it depends on
};

}  // namespace spillway::compare
