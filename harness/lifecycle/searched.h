// How the kit's small uses are searched.
#pragma once

#include <redflag/googletest.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace redflag {

/// One small use of a class. Those with a bound have too many schedules without: std::stop_token's
/// state is a step at every access, and so is every look whether another thread is inside.
struct Use {
  const char* name;
  std::function<void()> body;
  std::optional<std::uint32_t> preemptions{};  ///< nothing: no bound
};

inline std::string name_of(const testing::TestParamInfo<Use>& use) { return use.param.name; }

/// For all schedules of `name`.
inline ExploreOptions every_schedule(const char* name, std::optional<std::uint32_t> preemptions) {
  ExploreOptions options;
  options.strategy = Strategy::exhaustive;
  options.preemptions = preemptions;
  options.schedules = 100000;
  options.spurious = true;
  options.folder = std::filesystem::path(testing::TempDir()) / name;
  return options;
}

inline void search_every_schedule(const Use& use) {
  const Explored explored = expect_clean(use.body, every_schedule(use.name, use.preemptions));
  EXPECT_TRUE(explored.complete) << explored;
}

inline void search_weak_memory(const Use& use) {
  ExploreOptions options;
  options.schedules = 150;
  options.weak_memory = true;
  options.folder = std::filesystem::path(testing::TempDir()) / use.name;
  expect_clean(use.body, options);
}

}  // namespace redflag
