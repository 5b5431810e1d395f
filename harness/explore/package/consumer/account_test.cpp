#include <redflag/googletest.h>

#include <mutex>
#include <thread>

struct Account {
  std::mutex mutex;
  int balance = 100;
};

void transfer(Account& from, Account& to, int amount) {
  const std::scoped_lock lock(from.mutex, to.mutex);
  from.balance -= amount;
  to.balance += amount;
}

// Takes one lock after the other: two transfers in opposite directions may wait for each other.
void transfer_one_by_one(Account& from, Account& to, int amount) {
  const std::lock_guard first(from.mutex);
  const std::lock_guard second(to.mutex);
  from.balance -= amount;
  to.balance += amount;
}

template <typename Transfer>
void both_ways(Transfer transfer) {
  Account a;
  Account b;
  {
    const std::jthread there([&] { transfer(a, b, 10); });
    const std::jthread back([&] { transfer(b, a, 10); });
  }
  EXPECT_EQ(a.balance + b.balance, 200);
}

TEST(Account, TransfersBothWays) {
  redflag::expect_clean([] { both_ways(transfer); });
}

TEST(Account, LocksInTwoOrdersAreFound) {
  const auto explored = redflag::explore([] { both_ways(transfer_one_by_one); });
  EXPECT_FALSE(explored.clean());
}
