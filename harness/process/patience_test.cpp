#include "process/patience.h"

#include <gtest/gtest.h>

namespace redflag {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Patience, CountsFromTheLastSignOfLife) {
  const Patience::Time begin;
  Patience patience(begin);
  EXPECT_EQ(patience.look(begin + milliseconds(300)), milliseconds(300));
  EXPECT_EQ(patience.look(begin + milliseconds(500)), milliseconds(500));
  patience.renew(begin + milliseconds(600));
  EXPECT_EQ(patience.look(begin + milliseconds(700)), milliseconds(100));
}

TEST(Patience, TheMachinesStandstillIsNoHang) {
  const Patience::Time begin;
  Patience patience(begin);
  EXPECT_EQ(patience.look(begin + milliseconds(100)), milliseconds(100));
  EXPECT_LE(patience.look(begin + seconds(60)), seconds(2));
  EXPECT_LE(patience.look(begin + seconds(61)), seconds(3));
}

}  // namespace
}  // namespace redflag
