// make-logs: asan lsan
namespace {
struct Node {
  Node* next = nullptr;
  int value[4] = {};
};
void lose() {
  Node* volatile head = new Node;
  head->next = new Node;
  head = nullptr;
}
}  // namespace
int main() { lose(); }
