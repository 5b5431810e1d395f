// redflag::explore() in a GoogleTest:
//
//   TEST(Account, TransfersBothWays) {
//     redflag::expect_clean([] {
//       …
//       EXPECT_EQ(a.balance() + b.balance(), 100);
//     });
//   }
#pragma once

#include <gtest/gtest.h>
#include <redflag/explore.h>

#include <memory>
#include <string>
#include <utility>

namespace redflag {
namespace detail {

/// Gathers what fails, in any thread.
class Failures final : public testing::EmptyTestEventListener {
 public:
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed()) return;
    const char* file = result.file_name() != nullptr ? result.file_name() : "?";
    text_ += std::string(text_.empty() ? "" : "\n") + file + ":" +
             std::to_string(result.line_number()) + ": " + result.message();
  }
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::string text_;  // GoogleTest calls one at a time
};

}  // namespace detail

/// Explores `body` and fails the test, at the caller's line, if a schedule shows anything. An
/// assertion that fails in `body` is a finding. Returns what was explored, for those who ask
/// whether it was `complete`.
inline Explored expect_clean(const std::function<void()>& body, ExploreOptions options = {},
                             CallSite where = CallSite::here()) {
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  auto failures = std::make_unique<detail::Failures>();
  auto* const gathered = failures.get();
  listeners.Append(failures.release());  // which owns it now
  options.failure = [gathered] { return gathered->take(); };
  Explored explored = explore(body, options, where);
  delete listeners.Release(gathered);
  if (!explored.clean()) ADD_FAILURE_AT(where.file, static_cast<int>(where.line)) << explored;
  return explored;
}

}  // namespace redflag
