// expects: abort
// The thread calls a virtual function while the object's destructor makes it one of the base class:
// ThreadSanitizer tells of the race on the pointer to the table, and the explorer calls the wrong
// one.
#include <cassert>
#include <thread>

struct Base {
  Base() = default;
  Base(const Base&) = delete;
  Base& operator=(const Base&) = delete;
  virtual ~Base() { worker.join(); }
  virtual int number() const { return 1; }
  std::thread worker;
};

struct Derived : Base {
  Derived() {
    worker = std::thread([this] { assert(number() == 2); });
  }
  int number() const override { return 2; }
};

int main() {
  Base* object = new Derived;
  delete object;
}
