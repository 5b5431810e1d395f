#include "sanitizer/expected.h"

#include <gtest/gtest.h>

#include <string>

namespace redflag {
namespace {

TEST(Expected, AFunctionIsNamedByItsWholeName) {
  const ExpectedFinding expected = {Kind::hang, true, "stop"};
  const auto hang_in = [](const std::string& function, const std::string& file) {
    Finding hang;
    hang.kind = Kind::hang;
    hang.stacks = {{Role::side, "", "", {{function, file, 1, 0, "", 0}}}};
    return hang;
  };
  EXPECT_TRUE(fits(expected, hang_in("(anonymous namespace)::Engine::stop()", "a.cpp")));
  EXPECT_FALSE(fits(expected, hang_in("Engine::stop_it()", "a.cpp")));
  EXPECT_FALSE(fits(expected, hang_in("Channel<int>::receive(std::stop_token const&)", "a.cpp")));
  EXPECT_FALSE(fits(expected, hang_in("std::thing::stop()", "/usr/include/c++/12/thread")));
  EXPECT_TRUE(fits({Kind::hang, true, "Engine::stop"}, hang_in("ns::Engine::stop()", "a.cpp")));
  EXPECT_FALSE(fits({Kind::hang, true, "Engine::stop"}, hang_in("ns::Timer::stop()", "a.cpp")));
}

}  // namespace
}  // namespace redflag
