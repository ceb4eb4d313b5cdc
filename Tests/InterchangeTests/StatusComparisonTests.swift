import Testing

@testable import Interchange

@Suite("A status file against the balance of an account")
struct StatusComparisonTests {
    private func compare(
        _ items: [(known: Int64, stated: Int64)], unnamed: Int64 = 0, paid: Int64 = 0
    ) -> StatusComparison {
        StatusComparison(
            items: items.map { .init(known: $0.known, stated: $0.stated) }, unnamed: unnamed,
            paid: paid)
    }

    @Test("what fell by no more than was paid is known already, and nothing is written")
    func known() {
        let comparison = compare([(500, 300)], paid: 200)
        #expect(comparison.payment == 0)
        #expect(comparison.raises == [0])
        #expect(comparison.unconfirmed == 0)
    }

    @Test("what fell by more than was paid is a payment of the rest")
    func paidMore() {
        #expect(compare([(500, 300)]).payment == 200)
        #expect(compare([(500, 300)], paid: 50).payment == 150)
        #expect(compare([(500, 300), (100, 0)], paid: 50).payment == 250)
        #expect(compare([(500, 300)], paid: 199).payment == 1)
    }

    @Test("what rose is added to the item that rose, also where another was paid")
    func rose() {
        let comparison = compare([(500, 300), (300, 400)])
        #expect(comparison.payment == 200)
        #expect(comparison.raises == [0, 100])
        #expect(comparison.unconfirmed == 0)
    }

    @Test("what was paid and the file does not know is put on again, on the first item, and told")
    func unconfirmed() {
        let comparison = compare([(500, 500), (100, 110)], paid: 200)
        #expect(comparison.payment == 0)
        #expect(comparison.raises == [200, 10])
        #expect(comparison.unconfirmed == 200)
        #expect(compare([(500, 499)], paid: 200).raises == [199])
    }

    @Test("payments may have gone to items that the file does not name, as far as they are open")
    func unnamed() {
        let settled = compare([(500, 500)], unnamed: 300, paid: 200)
        #expect(settled.raises == [0])
        #expect(settled.unconfirmed == 0)
        let beyond = compare([(500, 500)], unnamed: 150, paid: 200)
        #expect(beyond.raises == [50])
        #expect(beyond.unconfirmed == 50)
        #expect(compare([(500, 500)], unnamed: -150, paid: 200).raises == [200])
    }

    @Test("a credit note that was set off against another item is no payment")
    func credit() {
        let comparison = compare([(500, 400), (-100, 0)])
        #expect(comparison.payment == 0)
        #expect(comparison.raises == [0, 0])
        let partly = compare([(500, 350), (-100, -20)])
        #expect(partly.payment == 70)
        #expect(partly.raises == [0, 0])
        // Set off against nothing that fell: it is gone.
        let gone = compare([(500, 500), (-100, 0)])
        #expect(gone.raises == [100, 0])
        #expect(gone.unconfirmed == 0)
        #expect(compare([(-100, -50), (500, 500)], paid: 10).raises == [0, 60])
        #expect(compare([(-100, 0)]).raises == [100])
        // What changes its sign is another item now.
        #expect(compare([(-100, 20)]).raises == [120])
        #expect(compare([]).raises == [])
    }

    @Test("a payment that was taken back is compared like any other sum")
    func negative() {
        #expect(compare([(500, 500)], paid: -50).payment == 50)
        #expect(compare([(500, 550)], paid: -50).raises == [50])
    }

    @Test("afterwards the balance is what the file says, and the same file finds nothing to do")
    func twice() {
        for known in [-100, 0, 80, 500] as [Int64] {
            for stated in [-120, -100, 0, 60, 500, 700] as [Int64] {
                for (other, otherStated) in [(200, 200), (200, 0), (-50, 0), (40, 90)]
                    as [(Int64, Int64)]
                {
                    for paid in [-30, 0, 100, 900] as [Int64] {
                        let first = compare([(known, stated), (other, otherStated)], paid: paid)
                        let open = [known + first.raises[0], other + first.raises[1]]
                        let now = paid + first.payment
                        #expect(open[0] + open[1] - now == stated + otherStated)
                        let again = compare(
                            [(open[0], stated), (open[1], otherStated)], paid: now)
                        #expect(again.payment == 0 && again.raises == [0, 0])
                    }
                }
            }
        }
    }
}
