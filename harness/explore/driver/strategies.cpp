#include "explore/driver/strategies.h"

#include <array>
#include <utility>

namespace redflag {
namespace {

constexpr auto names =
    std::to_array<std::pair<Strategy, std::string_view>>({{Strategy::random, "random"},
                                                          {Strategy::pct, "pct"},
                                                          {Strategy::pos, "pos"},
                                                          {Strategy::exhaustive, "exhaustive"},
                                                          {Strategy::noise, "noise"}});

}  // namespace

std::optional<Strategy> strategy_from_string(std::string_view text) {
  for (const auto& [strategy, name] : names) {
    if (name == text) return strategy;
  }
  return std::nullopt;
}

std::string_view to_string(Strategy strategy) {
  for (const auto& [known, name] : names) {
    if (known == strategy) return name;
  }
  return "?";
}

std::vector<std::string> strategy_names() {
  std::vector<std::string> all;
  all.reserve(names.size());
  for (const auto& [strategy, name] : names) all.emplace_back(name);
  return all;
}

}  // namespace redflag
